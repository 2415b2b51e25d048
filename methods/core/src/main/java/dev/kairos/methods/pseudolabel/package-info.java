// SPDX-License-Identifier: Apache-2.0
/**
 * Pseudo labels of snippets. {@link dev.kairos.methods.pseudolabel.Labels} are of a whole training
 * set and kept on disk: hard ones ({@link dev.kairos.methods.pseudolabel.PseudoLabels}, class
 * indices, -1 where nothing is selected) or soft ones ({@link
 * dev.kairos.methods.pseudolabel.SoftLabels}), of sampled snippets or at each recording's own
 * length. {@link dev.kairos.methods.pseudolabel.LabelGenerations} keeps the latest of those that a
 * training renews, with whence they come ({@link dev.kairos.methods.pseudolabel.LabelOrigin});
 * {@link dev.kairos.methods.pseudolabel.LabelQuality} compares labels with annotations, for reports
 * only. {@link dev.kairos.methods.pseudolabel.LinProLabels} turns instances into values, {@link
 * dev.kairos.methods.pseudolabel.LabelRenewal} those of all recordings and classes.
 */
package dev.kairos.methods.pseudolabel;
