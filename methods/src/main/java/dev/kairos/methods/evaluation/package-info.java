// SPDX-License-Identifier: Apache-2.0
/**
 * Scoring of detections against annotations. {@link
 * dev.kairos.methods.evaluation.MeanAveragePrecision} is the protocol of the published tables (in
 * seconds), {@link dev.kairos.methods.evaluation.SnippetMeanAveragePrecision} the variant of the
 * W-TALC family (in snippets), {@link dev.kairos.methods.evaluation.DetectionFile} the file in
 * between. Begin with {@code MeanAveragePrecision}. Knows {@code dev.kairos.methods.tal} only.
 */
package dev.kairos.methods.evaluation;
