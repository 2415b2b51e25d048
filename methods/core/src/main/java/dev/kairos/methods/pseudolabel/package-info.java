// SPDX-License-Identifier: Apache-2.0
/**
 * Pseudo labels of snippets. {@link dev.kairos.methods.pseudolabel.PseudoLabels} holds class
 * indices (-1 where nothing is selected) for a training set and keeps them on disk; {@link
 * dev.kairos.methods.pseudolabel.LabelQuality} compares such labels with annotations, for reports
 * only. {@link dev.kairos.methods.pseudolabel.LinProLabels} turns instances into values.
 */
package dev.kairos.methods.pseudolabel;
