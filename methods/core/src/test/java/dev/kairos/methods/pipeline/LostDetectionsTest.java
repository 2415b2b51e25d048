// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Recording;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recordings that alternate between two classes, three actions in each. */
class LostDetectionsTest {
  private static final List<String> CLASSES = List.of("run", "jump");
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "classThreshold", 0.5, "activationThresholds", List.of(0.2, 0.01), "suppression", "nms");

  /** With this score of the class that occurs, and so many detections of it. */
  private static LostDetections lost(double score, int detections, String found) {
    List<Recording> recordings = new ArrayList<>();
    Map<String, Localization> localized = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      String label = CLASSES.get(i % 2);
      List<ActionInstance> instances = new ArrayList<>();
      List<Detection> made = new ArrayList<>();
      for (int k = 0; k < 3; k++) {
        instances.add(new ActionInstance(label, new Segment(10 * k, 10 * k + 5)));
      }
      for (int k = 0; k < detections; k++) {
        made.add(
            new Detection(found.isEmpty() ? label : found, new Segment(10 * k, 10 * k + 5), 1));
      }
      double[] scores = {score * (1 - i % 2), score * (i % 2)};
      recordings.add(new Recording("r" + i, "test", 40, instances, List.of()));
      localized.put("r" + i, new Localization(new Prediction(scores, Map.of(), List.of()), made));
    }
    return new LostDetections(CLASSES, SETTINGS, recordings, localized);
  }

  @Test
  void namesTheThresholdOfClassesThatFewReached() {
    LostDetections lost = lost(0.4, 0, "");
    assertEquals(1, lost.classification().getAsDouble());
    String note = lost.note(0).orElseThrow();
    assertTrue(note.contains("0 detections for 12 annotated actions"), note);
    assertTrue(note.contains("classThreshold cut them: 0 of 4 classes"), note);
    assertTrue(note.contains("bestClassIfNone=true"), note);
    assertFalse(note.contains("activationThresholds"), note);
  }

  @Test
  void namesTheThresholdsOfActivationWhereNothingLiesAboveThem() {
    String note = lost(0.9, 0, "").note(0).orElseThrow();
    assertTrue(note.contains("activationThresholds cut them: in 4 of 4 classes"), note);
    assertTrue(note.contains("the lowest, 0.01."), note);
  }

  @Test
  void namesTheSuppressionWhereEveryClassHasADetection() {
    String note = lost(0.9, 1, "").note(0.1).orElseThrow();
    assertTrue(note.contains("4 detections for 12 annotated actions"), note);
    assertTrue(note.contains("suppression=nms"), note);
  }

  @Test
  void saysWhereManyDetectionsLieElsewhere() {
    String note = lost(0.9, 3, "").note(0.001).orElseThrow();
    assertTrue(note.contains("lie elsewhere"), note);
  }

  @Test
  void isSilentWhereActionsAreFoundOrClassesAreNotTold() {
    assertEquals(java.util.Optional.empty(), lost(0.9, 3, "").note(0.5));
    // All scores equal: the class that every other recording has comes with precision 3/4 at most.
    LostDetections untold = lost(0, 0, "");
    assertTrue(untold.classification().getAsDouble() < 0.8);
    assertEquals(java.util.Optional.empty(), untold.note(0));
  }
}
