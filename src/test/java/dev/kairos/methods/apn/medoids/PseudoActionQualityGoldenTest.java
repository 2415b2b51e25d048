// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.evaluation.EvaluationInput;
import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.evaluation.Protocol;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code apn/l_label_quality.json}: scores of pseudo actions, and their mAP against the annotated
 * segments at the thresholds of either data set, both by ActivityNet's evaluation.
 */
class PseudoActionQualityGoldenTest {
  private JsonNode file;
  private List<String> classNames;

  @BeforeEach
  void read() throws IOException {
    file = ApnJson.file("l_label_quality.json");
    classNames =
        IntStream.range(0, Golden.get(file, "M").intValue()).mapToObj(j -> "class " + j).toList();
  }

  private static FeatureRows rows(JsonNode video) {
    JsonNode x = Golden.get(video, "X");
    return FeatureRows.of(ApnJson.array(x).toDoubles(), Golden.ints(Golden.get(x, "shape"))[1]);
  }

  private static PseudoActions pseudoActions(JsonNode video) {
    List<PseudoAction> actions = new ArrayList<>();
    for (JsonNode each : Golden.get(video, "pseudo_actions")) {
      int[] interval = Golden.ints(Golden.get(each, "interval"));
      List<Integer> labels = new ArrayList<>();
      Golden.get(each, "labels").forEach(label -> labels.add(label.intValue()));
      int medoid = Golden.get(each, "medoid").intValue();
      actions.add(
          new PseudoAction(
              new MarkedPoint(interval[0], labels), // where the point is does not count
              new Interval(interval[0], interval[1] + 1),
              medoid));
    }
    return new PseudoActions(actions, List.of(), List.of(), 1);
  }

  @Test
  void scores() {
    assertEquals("cosine", Golden.get(file, "metric").asText());
    JsonNode videos = Golden.get(file, "videos");
    assertFalse(videos.isEmpty());
    for (JsonNode video : videos) {
      JsonNode actions = Golden.get(video, "pseudo_actions");
      double[] expected = new double[actions.size()];
      for (int k = 0; k < expected.length; k++) {
        expected[k] = Golden.get(actions.get(k), "score").doubleValue();
      }
      ApnJson.assertExact(
          expected, PseudoActionQuality.scores(rows(video), pseudoActions(video)), "scores");
    }
  }

  @Test
  void meanAveragePrecision() {
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    Map<String, List<Detection>> detections = new LinkedHashMap<>();
    for (JsonNode video : Golden.get(file, "videos")) {
      String id = "video " + truth.size();
      SnippetGrid grid =
          new SnippetGrid(
              1, Golden.get(video, "tau_s").doubleValue(), Golden.get(video, "T").intValue());
      double duration = Golden.get(video, "duration").doubleValue();
      detections.put(
          id,
          new PseudoActionQuality(classNames, grid, duration)
              .detections(rows(video), pseudoActions(video)));
      List<ActionInstance> instances = new ArrayList<>();
      for (JsonNode row : Golden.get(video, "segments_start_end_class")) {
        Segment segment = new Segment(row.get(0).doubleValue(), row.get(1).doubleValue());
        instances.add(new ActionInstance(classNames.get(row.get(2).intValue()), segment));
      }
      truth.put(id, instances);
    }
    for (String thresholds : List.of("thumos", "activitynet")) {
      JsonNode expected = Golden.get(file, thresholds);
      double[] tious = Golden.doubles(Golden.get(expected, "tiou"));
      EvaluationResult result =
          Protocol.ACTIVITYNET.evaluate(EvaluationInput.of(truth, detections), Double.NaN, tious);
      JsonNode rows = Golden.get(expected, "ap_per_tiou_class");
      for (int c = 0; c < classNames.size(); c++) {
        if (rows.get(0).get(c).isNull()) {
          assertFalse(result.classes().contains(classNames.get(c)));
          continue;
        }
        double[] ap = new double[tious.length];
        for (int k = 0; k < ap.length; k++) {
          ap[k] = rows.get(k).get(c).doubleValue();
        }
        ApnJson.assertExact(ap, result.ap(classNames.get(c)), thresholds + " class " + c);
      }
      assertTrue(tious.length > 0);
      ApnJson.assertExact(
          Golden.doubles(Golden.get(expected, "map")), result.map(), thresholds + " mAP");
      ApnJson.assertExact(
          new double[] {Golden.get(expected, "average").doubleValue()},
          new double[] {result.average()},
          thresholds + " average");
    }
  }
}
