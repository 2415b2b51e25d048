// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenFolder;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code gaufuse/map_thumos.json}, {@code map_anet.json} and {@code map_classification.json}: the
 * same detections by the protocol of W-TALC's relatives and by that of ActivityNet, and classes of
 * whole recordings.
 */
class FamilyMapGoldenTest {
  private static JsonNode file(String name) throws IOException {
    return GoldenFolder.json(GoldenFolder.present(GoldenFolder.of("gaufuse").resolve(name)));
  }

  private static String text(JsonNode node) {
    return node.asText();
  }

  /** The name of a recording by its number. */
  static String name(JsonNode file, int video) {
    return text(Golden.get(Golden.get(file, "test_videos").get(video), "name"));
  }

  static Map<String, List<ActionInstance>> truth(JsonNode file) {
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    for (JsonNode video : Golden.get(file, "test_videos")) {
      JsonNode labels = Golden.get(video, "labels");
      JsonNode segments = Golden.get(video, "segments_sec");
      List<ActionInstance> instances = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        double[] s = Golden.doubles(segments.get(i));
        instances.add(new ActionInstance(text(labels.get(i)), new Segment(s[0], s[1])));
      }
      truth.put(text(Golden.get(video, "name")), instances);
    }
    return truth;
  }

  private static void checkAp(JsonNode rows, EvaluationResult result, JsonNode classes) {
    for (int c = 0; c < classes.size(); c++) {
      double[] expected = new double[rows.size()];
      for (int k = 0; k < expected.length; k++) {
        expected[k] = rows.get(k).get(c).doubleValue();
      }
      Golden.assertClose(expected, result.ap(text(classes.get(c))), text(classes.get(c)));
    }
  }

  @Test
  void onSnippets() throws IOException {
    JsonNode file = file("map_thumos.json");
    JsonNode classes = Golden.get(file, "classes");
    JsonNode videos = Golden.get(file, "test_videos");
    Map<String, List<SnippetDetection>> detections = new LinkedHashMap<>();
    JsonNode ofClass = Golden.get(file, "detections_per_class");
    for (int c = 0; c < classes.size(); c++) {
      for (JsonNode row : ofClass.get(c)) {
        double[] r = Golden.doubles(row);
        detections
            .computeIfAbsent(
                text(Golden.get(videos.get((int) r[0]), "name")), id -> new ArrayList<>())
            .add(
                new SnippetDetection(
                    text(classes.get(c)), new Interval((int) r[1], (int) r[2]), r[3]));
      }
    }
    Map<String, List<Segment>> ambiguous = new LinkedHashMap<>();
    for (JsonNode row : Golden.get(file, "ambiguous")) {
      ambiguous
          .computeIfAbsent(text(row.get(0)), id -> new ArrayList<>())
          .add(new Segment(row.get(1).doubleValue(), row.get(2).doubleValue()));
    }
    EvaluationResult result =
        new SnippetMeanAveragePrecision(Golden.get(file, "factor").doubleValue(), false)
            .evaluate(
                truth(file), detections, ambiguous, Golden.doubles(Golden.get(file, "tious")));
    checkAp(Golden.get(file, "ap_per_tiou_class"), result, classes);
    Golden.assertClose(Golden.doubles(Golden.get(file, "map_percent")), result.mapPercent(), "mAP");
  }

  @Test
  void inSeconds() throws IOException {
    JsonNode file = file("map_thumos.json");
    JsonNode expected = file("map_anet.json");
    JsonNode classes = Golden.get(file, "classes");
    JsonNode videos = Golden.get(file, "test_videos");
    double factor = Golden.get(file, "factor").doubleValue();
    Map<String, List<Detection>> detections = new LinkedHashMap<>();
    JsonNode ofClass = Golden.get(file, "detections_per_class");
    for (int c = 0; c < classes.size(); c++) {
      for (JsonNode row : ofClass.get(c)) {
        double[] r = Golden.doubles(row);
        detections
            .computeIfAbsent(
                text(Golden.get(videos.get((int) r[0]), "name")), id -> new ArrayList<>())
            .add(
                new Detection(
                    text(classes.get(c)), new Segment(r[1] / factor, r[2] / factor), r[3]));
      }
    }
    for (String set : Golden.suffixes(expected, "tious_")) {
      EvaluationResult result =
          MeanAveragePrecision.evaluate(
              truth(file), detections, Golden.doubles(Golden.get(expected, "tious_" + set)));
      checkAp(Golden.get(expected, "ap_" + set), result, classes);
      Golden.assertClose(
          Golden.doubles(Golden.get(expected, "map_" + set)), result.map(), "mAP " + set);
    }
  }

  @Test
  void classesOfRecordings() throws IOException {
    JsonNode file = file("map_classification.json");
    JsonNode confidence = Golden.get(file, "confidence");
    JsonNode labels = Golden.get(file, "labels");
    double[][] scores = new double[confidence.size()][];
    boolean[][] occurs = new boolean[scores.length][];
    for (int v = 0; v < scores.length; v++) {
      scores[v] = Golden.doubles(confidence.get(v));
      occurs[v] = new boolean[scores[v].length];
      for (int c = 0; c < occurs[v].length; c++) {
        occurs[v][c] = labels.get(v).get(c).doubleValue() > 0;
      }
    }
    assertEquals(
        Golden.get(file, "cmap_percent").doubleValue(),
        100 * ClassificationMeanAveragePrecision.of(scores, occurs),
        1e-5); // the published code adds in single precision
  }
}
