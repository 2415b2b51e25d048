// SPDX-License-Identifier: Apache-2.0
/**
 * FAC-Net: "Foreground-Action Consistency Network for Weakly Supervised Temporal Action
 * Localization" (Huang, Wang, Li; ICCV 2021), from labels of whole recordings.
 *
 * <ul>
 *   <li>{@link dev.kairos.methods.facnet.FacnetConfig}: every number, with the defaults of the
 *       published code
 *   <li>{@link dev.kairos.methods.facnet.FacnetNetwork}: embedding, cosines with centres, attention
 *       at several temperatures
 *   <li>{@link dev.kairos.methods.facnet.FacnetLosses}: class-wise, class-agnostic and pooled
 *   <li>{@link dev.kairos.methods.facnet.FacnetTraining}: whole recordings, all streams in one loss
 *   <li>{@link dev.kairos.methods.facnet.FacnetProposals}: candidates of each stream, then of all
 *   <li>{@link dev.kairos.methods.facnet.FacnetInference}: from features to detections
 * </ul>
 *
 * Where this departs from the published code: streams are trained in one run, at the same steps; a
 * data set may have one stream or more than two; a class that only one stream has found keeps its
 * candidates.
 */
package dev.kairos.methods.facnet;
