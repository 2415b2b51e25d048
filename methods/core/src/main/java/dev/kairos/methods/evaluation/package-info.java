// SPDX-License-Identifier: Apache-2.0
/**
 * Scoring of detections against annotations. A {@link dev.kairos.methods.evaluation.Protocol} names
 * a published evaluation: {@link dev.kairos.methods.evaluation.MeanAveragePrecision} is that of
 * most tables (in seconds), {@link dev.kairos.methods.evaluation.SnippetMeanAveragePrecision} that
 * of the W-TALC family (in snippets); {@link dev.kairos.methods.evaluation.DetectionFile} is the
 * file in between. {@link dev.kairos.methods.evaluation.DetectionEvaluation} takes all of it
 * together. Begin with {@code MeanAveragePrecision}. Knows {@code tal}, {@code files} and {@code
 * data} only.
 */
package dev.kairos.methods.evaluation;
