// SPDX-License-Identifier: Apache-2.0
/**
 * WUM: "Weakly-supervised Temporal Action Localization by Uncertainty Modeling" (Lee, Wang, Lu,
 * Byun; AAAI 2021), from labels of whole recordings.
 *
 * <ul>
 *   <li>{@link dev.kairos.methods.wum.WumConfig}: every number, with the defaults of the published
 *       code
 *   <li>{@link dev.kairos.methods.wum.WumNetwork}: features, their lengths, and the snippets that
 *       stand for action and background
 *   <li>{@link dev.kairos.methods.wum.WumLosses}: classes, background entropy, uncertainty
 *   <li>{@link dev.kairos.methods.wum.WumTraining}: batches
 *   <li>{@link dev.kairos.methods.wum.WumInference}: from CAS and lengths to detections
 * </ul>
 *
 * Where this departs from the published code: every step draws a fresh random set of recordings;
 * the weights of the last step are kept unless a part is held out, never the best on the test
 * recordings; recordings of so few snippets that none would stand for action have one.
 */
package dev.kairos.methods.wum;
