// SPDX-License-Identifier: Apache-2.0
/**
 * Training on labels of snippets that the network itself has found: instances are fused, turned
 * into snippet scores by a linear program, and renewed several times.
 *
 * <p>Source: Zhou et al., "Improving Weakly Supervised Temporal Action Localization by Bridging
 * Train-Test Gap in Pseudo Labels", CVPR 2023, and its published code.
 */
package dev.kairos.methods.gaufuse;
