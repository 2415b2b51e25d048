// SPDX-License-Identifier: Apache-2.0
/**
 * Pseudo labels of snippets: a class index, the background index, or -1 for a snippet that is not
 * selected. {@link dev.kairos.methods.pseudolabel.LabelQuality} compares them with annotations, for
 * reports only.
 */
package dev.kairos.methods.pseudolabel;
