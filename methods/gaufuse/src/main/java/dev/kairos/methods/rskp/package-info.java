// SPDX-License-Identifier: Apache-2.0
/**
 * Representative snippet knowledge propagation: a network that learns from labels of whole
 * recordings, on each at its own length.
 *
 * <p>Source: Huang, Wang, Li, "Weakly Supervised Temporal Action Localization via Representative
 * Snippet Knowledge Propagation", CVPR 2022, and its published code.
 */
package dev.kairos.methods.rskp;
