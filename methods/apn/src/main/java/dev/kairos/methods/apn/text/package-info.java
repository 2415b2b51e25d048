// SPDX-License-Identifier: Apache-2.0
/**
 * Vectors of class names, which visual features are compared with: codes of their words, or CLIP's
 * text tower with its tokens and weights.
 */
package dev.kairos.methods.apn.text;
