// SPDX-License-Identifier: Apache-2.0
/**
 * "Improving Weakly Supervised Temporal Action Localization by Exploiting Multi-resolution
 * Information in Temporal Domain" (Su, Xu, Zhou, Ouyang), from labels of whole recordings.
 *
 * <ul>
 *   <li>{@link dev.kairos.methods.multires.Multires}: the method; {@link
 *       dev.kairos.methods.multires.MultiresConfig}: every number, with the paper's defaults
 *   <li>{@link dev.kairos.methods.multires.IlgModel}, {@link
 *       dev.kairos.methods.multires.IlgLosses}: two streams trained to agree with each other and
 *       across time scales
 *   <li>{@link dev.kairos.methods.multires.InitialLabels}: from the CAS of the streams to the first
 *       pseudo labels
 *   <li>{@link dev.kairos.methods.multires.OtsNetwork}, {@link
 *       dev.kairos.methods.multires.RtsNetwork}: the networks of label refinement
 *   <li>{@link dev.kairos.methods.multires.LowResolution}: how rows at a reduced scale and snippets
 *       are paired
 *   <li>{@link dev.kairos.methods.multires.PtlrLosses}: the loss over selected snippets
 *   <li>{@link dev.kairos.methods.pseudolabel.ThresholdLabels}: from a network's CAS to new labels
 *   <li>{@link dev.kairos.methods.multires.PtlrConfig#refinementStages}: Algorithm 1, who learns
 *       when
 * </ul>
 */
package dev.kairos.methods.multires;
