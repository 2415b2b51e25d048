// SPDX-License-Identifier: Apache-2.0
/**
 * STPN: "Weakly Supervised Action Localization by Sparse Temporal Pooling Network" (Nguyen, Liu,
 * Prasad, Han; CVPR 2018), from labels of whole recordings. By default an embedding stands in
 * front, as in the host experiments of "Improving Weakly Supervised Temporal Action Localization by
 * Bridging Train-Test Gap in Pseudo Labels" (CVPR 2023).
 *
 * <ul>
 *   <li>{@link dev.kairos.methods.stpn.StpnConfig}: every number, with its default
 *   <li>{@link dev.kairos.methods.stpn.StpnNetwork}: embedding, attention, classifier
 *   <li>{@link dev.kairos.methods.stpn.StpnLosses}: classes, sparsity
 *   <li>{@link dev.kairos.methods.stpn.StpnTraining}: batches
 *   <li>{@link dev.kairos.methods.stpn.StpnProposals}: the single threshold of the paper
 *   <li>{@link dev.kairos.methods.stpn.StpnInference}: from features to detections
 * </ul>
 *
 * Where this departs from the paper: one network looks at all streams unless {@code streams=apart};
 * no code of the embedding was published; instances for labels are cut at several thresholds, as
 * one threshold leaves nothing to fuse; a recording of exactly as many snippets as are sampled is
 * taken as it is.
 */
package dev.kairos.methods.stpn;
