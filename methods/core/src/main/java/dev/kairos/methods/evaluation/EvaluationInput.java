// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import java.util.List;
import java.util.Map;

/**
 * The input of an evaluation, in seconds and by recording: annotated instances and detections.
 *
 * @param truth the annotated instances of each recording of one subset; a recording may have none
 * @param detections detections of each recording; ties are broken by the order of this map and of
 *     its lists
 * @param ambiguous stretches of a recording that shall not be judged; recordings without any may be
 *     left out
 */
public record EvaluationInput(
    Map<String, List<ActionInstance>> truth,
    Map<String, List<Detection>> detections,
    Map<String, List<Segment>> ambiguous) {

  /** Detections and annotations without ambiguous stretches. */
  public static EvaluationInput of(
      Map<String, List<ActionInstance>> truth, Map<String, List<Detection>> detections) {
    return new EvaluationInput(truth, detections, Map.of());
  }
}
