// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

/**
 * What went into an evaluation and what was left out of it.
 *
 * @param videos annotated videos, with or without instances
 * @param instances annotated instances
 * @param detections detections that were scored
 * @param unknownLabels detections left out because no annotation has their label
 * @param unknownVideos videos that have detections and no annotation
 * @param unknownVideoDetections detections of those videos: false positives in the evaluations in
 *     seconds, left out in the evaluation in snippets
 * @param ambiguous detections left out because they meet an ambiguous stretch; where that depends
 *     on the threshold, at the one where they are most
 */
public record EvaluationCounts(
    int videos,
    int instances,
    int detections,
    int unknownLabels,
    int unknownVideos,
    int unknownVideoDetections,
    int ambiguous) {
  EvaluationCounts withAmbiguous(int leftOut) {
    return new EvaluationCounts(
        videos,
        instances,
        detections,
        unknownLabels,
        unknownVideos,
        unknownVideoDetections,
        leftOut);
  }
}
