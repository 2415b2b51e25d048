// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

/**
 * How many recordings, instances and detections an evaluation compared, and how many it left out.
 *
 * @param recordings annotated recordings, with or without instances
 * @param instances annotated instances
 * @param detections detections that were scored
 * @param unknownLabels detections left out because no annotation has their label
 * @param unknownRecordings recordings that have detections and no annotation
 * @param unknownRecordingDetections detections of those recordings: false positives in the
 *     evaluations in seconds, left out in the evaluation in snippets
 * @param ambiguous detections left out because they meet an ambiguous stretch; where that depends
 *     on the threshold, at the one where they are most
 */
public record EvaluationCounts(
    int recordings,
    int instances,
    int detections,
    int unknownLabels,
    int unknownRecordings,
    int unknownRecordingDetections,
    int ambiguous) {
  EvaluationCounts withAmbiguous(int leftOut) {
    return new EvaluationCounts(
        recordings,
        instances,
        detections,
        unknownLabels,
        unknownRecordings,
        unknownRecordingDetections,
        leftOut);
  }
}
