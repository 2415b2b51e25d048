// SPDX-License-Identifier: Apache-2.0
/**
 * Pseudo labels of snippets. {@link dev.kairos.methods.pseudolabel.LinProLabels} turns instances
 * into values; {@link dev.kairos.methods.pseudolabel.LabelQuality} compares labels that are class
 * indices (-1 where nothing is selected) with annotations, for reports only.
 */
package dev.kairos.methods.pseudolabel;
