// SPDX-License-Identifier: Apache-2.0
/**
 * Scoring of detections against annotations. A {@link dev.kairos.methods.evaluation.Protocol} names
 * a published evaluation: {@link dev.kairos.methods.evaluation.MeanAveragePrecision} is that of
 * most tables (in seconds), {@link dev.kairos.methods.evaluation.SnippetMeanAveragePrecision} that
 * of the W-TALC family (in snippets); {@link dev.kairos.methods.evaluation.DetectionFile} is the
 * file in between. Begin with {@code MeanAveragePrecision}. Knows {@code tal} and {@code files}
 * only.
 */
package dev.kairos.methods.evaluation;
