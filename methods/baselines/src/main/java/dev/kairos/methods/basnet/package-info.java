// SPDX-License-Identifier: Apache-2.0
/**
 * BaS-Net: "Background Suppression Network for Weakly-supervised Temporal Action Localization"
 * (Lee, Uh, Byun; AAAI 2020), from labels of whole recordings.
 *
 * <ul>
 *   <li>{@link dev.kairos.methods.basnet.BasnetConfig}: every number, with the paper's defaults
 *   <li>{@link dev.kairos.methods.backbone.BasnetModel}: filtering module, CAS module, the two
 *       branches
 *   <li>{@link dev.kairos.methods.backbone.BasnetLosses}: the losses on video scores and the norm
 *   <li>{@link dev.kairos.methods.basnet.BasnetTraining}: batches and Adam
 *   <li>{@link dev.kairos.methods.basnet.BasnetInference}: from CAS to detections
 * </ul>
 *
 * Where this departs from the published code: every step draws a fresh random set of recordings
 * (the code does so after its first epoch); a recording in which no class passes the threshold is
 * searched for its best one; the weights of the last step are kept, not the best on the test
 * recordings.
 */
package dev.kairos.methods.basnet;
