// SPDX-License-Identifier: Apache-2.0
/**
 * From data sets to batches. {@link dev.kairos.methods.data.SnippetSampling} makes recordings of
 * any length equally long.
 */
package dev.kairos.methods.data;
