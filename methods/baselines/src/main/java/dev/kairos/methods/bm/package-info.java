// SPDX-License-Identifier: Apache-2.0
/**
 * BM: "Weakly-supervised Action Localization with Background Modeling" (Nguyen, Ramanan, Fowlkes;
 * ICCV 2019), from labels of whole recordings.
 *
 * <ul>
 *   <li>{@link dev.kairos.methods.bm.BmConfig}: every number, with its default
 *   <li>{@link dev.kairos.methods.bm.BmNetwork}: attention, classifier, the two clusters
 *   <li>{@link dev.kairos.methods.bm.BmLosses}: foreground, background, guide, clusters
 *   <li>{@link dev.kairos.methods.bm.BmTraining}: batches
 *   <li>{@link dev.kairos.methods.bm.BmInference}: from features to detections
 * </ul>
 *
 * The authors published no code. The losses are those that DGAM (CVPR 2020) took over, with means
 * where it has weighted means, and clusters as dot products with one direction each; candidates are
 * cut at several thresholds; a recording of exactly as many snippets as are sampled is taken as it
 * is.
 */
package dev.kairos.methods.bm;
