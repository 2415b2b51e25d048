// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenFolder;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code multires/detmap}: mAP of synthetic detections on real annotations, and hand cases. */
class DetectionMapGoldenTest {
  private static final String NAME = "multires/detmap";
  private static final Pattern AVERAGE = Pattern.compile("(.+_)avg_([0-9.]+)_([0-9.]+)");
  private static final double SLACK = 1e-9;

  /**
   * Of {@code expected.json}: an object with {@code tiou} is an evaluation; a number {@code
   * X_avg_A_B} is the mean of evaluation {@code X_..} over the thresholds from A to B.
   */
  @TestFactory
  Stream<DynamicTest> wholeSubset() throws IOException {
    Path folder = GoldenFolder.outside(NAME);
    JsonNode expected = GoldenFolder.json(folder.resolve("expected.json"));
    Map<String, List<Detection>> detections =
        DetectionFile.read(GoldenFolder.present(folder.resolve("detections.json")));
    Map<String, JsonNode> cases = new LinkedHashMap<>();
    expected
        .properties()
        .forEach(
            e -> {
              if (e.getValue().has("tiou")) {
                cases.put(e.getKey(), e.getValue());
              }
            });
    assertTrue(!cases.isEmpty(), "no evaluation in expected.json");
    JsonNode database =
        Golden.get(GoldenFolder.json(folder.resolve("ground_truth.json")), "database");
    List<DynamicTest> tests = new ArrayList<>();
    cases.forEach(
        (name, c) ->
            tests.add(
                DynamicTest.dynamicTest(name, () -> check(c, evaluate(database, c, detections)))));
    for (Map.Entry<String, JsonNode> e : expected.properties()) {
      String key = e.getKey();
      JsonNode value = e.getValue();
      if (value.isNumber() && AVERAGE.matcher(key).matches()) {
        tests.add(
            DynamicTest.dynamicTest(
                key, () -> checkAverage(key, value.doubleValue(), cases, database, detections)));
      } else if (key.equals("class_without_detections")) {
        JsonNode first = cases.values().iterator().next();
        tests.add(
            DynamicTest.dynamicTest(
                key, () -> checkAbsent(value.asText(), first, database, detections)));
      }
    }
    return tests.stream();
  }

  private static EvaluationResult evaluate(
      JsonNode database, JsonNode expected, Map<String, List<Detection>> detections) {
    return MeanAveragePrecision.evaluate(
        subset(database, expected), detections, Golden.doubles(Golden.get(expected, "tiou")));
  }

  /** The evaluation a scalar speaks of: same name, and thresholds that cover the range. */
  private static JsonNode covering(
      Map<String, JsonNode> cases, String prefix, double from, double to) {
    return cases.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .map(Map.Entry::getValue)
        .filter(
            c -> {
              double[] tious = Golden.doubles(Golden.get(c, "tiou"));
              return tious[0] <= from + SLACK && tious[tious.length - 1] >= to - SLACK;
            })
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no evaluation " + prefix + " over " + from + " to " + to));
  }

  private static void checkAverage(
      String key,
      double expected,
      Map<String, JsonNode> cases,
      JsonNode database,
      Map<String, List<Detection>> detections) {
    Matcher average = AVERAGE.matcher(key);
    assertTrue(average.matches());
    double from = Double.parseDouble(average.group(2));
    double to = Double.parseDouble(average.group(3));
    JsonNode base = covering(cases, average.group(1), from, to);
    double actual = evaluate(database, base, detections).average(from, to);
    Golden.assertClose(new double[] {expected}, new double[] {actual}, key);
  }

  private static void checkAbsent(
      String label, JsonNode expected, JsonNode database, Map<String, List<Detection>> detections) {
    for (double ap : evaluate(database, expected, detections).ap(label)) {
      assertEquals(0, ap);
    }
    assertTrue(
        detections.values().stream().flatMap(List::stream).noneMatch(d -> d.label().equals(label)));
  }

  /**
   * The annotations to evaluate on: of the subsets whose classes are the expected ones, that with
   * the most videos.
   */
  private static Map<String, List<ActionInstance>> subset(JsonNode database, JsonNode expected) {
    Map<String, Map<String, List<ActionInstance>>> subsets = new TreeMap<>();
    database
        .properties()
        .forEach(
            e ->
                subsets
                    .computeIfAbsent(
                        Golden.get(e.getValue(), "subset").asText(), s -> new LinkedHashMap<>())
                    .put(e.getKey(), instances(Golden.get(e.getValue(), "annotations"))));
    Set<String> classes = new TreeSet<>();
    Golden.get(expected, "ap").fieldNames().forEachRemaining(classes::add);
    return subsets.values().stream()
        .filter(videos -> labels(videos).equals(classes))
        .max((a, b) -> Integer.compare(a.size(), b.size()))
        .orElseThrow(() -> new AssertionError("no subset has exactly the classes " + classes));
  }

  private static Set<String> labels(Map<String, List<ActionInstance>> videos) {
    Set<String> labels = new TreeSet<>();
    videos.values().forEach(list -> list.forEach(instance -> labels.add(instance.label())));
    return labels;
  }

  private static List<ActionInstance> instances(JsonNode annotations) {
    List<ActionInstance> instances = new ArrayList<>();
    for (JsonNode a : annotations) {
      JsonNode segment = Golden.get(a, "segment");
      instances.add(
          new ActionInstance(
              Golden.get(a, "label").asText(),
              new Segment(segment.get(0).asDouble(), segment.get(1).asDouble())));
    }
    return instances;
  }

  @TestFactory
  Stream<DynamicTest> handCases() throws IOException {
    JsonNode cases = GoldenFolder.json(GoldenFolder.outside(NAME).resolve("tiny_cases.json"));
    return cases.properties().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> checkTiny(e.getValue())));
  }

  private static void checkTiny(JsonNode c) {
    Map<String, List<ActionInstance>> truth = rowInstances(Golden.get(c, "ground_truth"));
    Map<String, List<Detection>> detections = new LinkedHashMap<>();
    Golden.get(c, "detections")
        .properties()
        .forEach(
            e -> {
              List<Detection> list = new ArrayList<>();
              for (JsonNode row : e.getValue()) {
                Segment segment = new Segment(row.get(2).asDouble(), row.get(3).asDouble());
                list.add(new Detection(row.get(0).asText(), segment, row.get(1).asDouble()));
              }
              detections.put(e.getKey(), list);
            });
    check(
        c, MeanAveragePrecision.evaluate(truth, detections, Golden.doubles(Golden.get(c, "tiou"))));
  }

  private static Map<String, List<ActionInstance>> rowInstances(JsonNode videos) {
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    videos
        .properties()
        .forEach(
            e -> {
              List<ActionInstance> list = new ArrayList<>();
              for (JsonNode row : e.getValue()) {
                Segment segment = new Segment(row.get(1).asDouble(), row.get(2).asDouble());
                list.add(new ActionInstance(row.get(0).asText(), segment));
              }
              truth.put(e.getKey(), list);
            });
    return truth;
  }

  private static void check(JsonNode expected, EvaluationResult result) {
    JsonNode ap = Golden.get(expected, "ap");
    assertEquals(ap.size(), result.classes().size(), "classes");
    ap.properties()
        .forEach(
            e ->
                Golden.assertClose(
                    Golden.doubles(e.getValue()), result.ap(e.getKey()), "AP of " + e.getKey()));
    Golden.assertClose(Golden.doubles(Golden.get(expected, "mAP")), result.map(), "mAP");
    if (expected.has("average_mAP")) {
      Golden.assertClose(
          new double[] {expected.get("average_mAP").doubleValue()},
          new double[] {result.average()},
          "average mAP");
    }
  }

  @Test
  void snippetVariant() throws IOException {
    JsonNode c = GoldenFolder.json(GoldenFolder.outside(NAME).resolve("wtalc_variant.json"));
    Map<String, List<ActionInstance>> truth = rowInstances(Golden.get(c, "annotations"));
    List<String> columns = List.of(Golden.get(c, "columns").asText().split(","));
    int video = columns.indexOf("video");
    int start = columns.indexOf("start_segment");
    int end = columns.indexOf("end_segment_exclusive");
    int score = columns.indexOf("score");
    Map<String, List<SnippetDetection>> detections = new LinkedHashMap<>();
    JsonNode byClass = Golden.get(c, "detections_by_class");
    byClass
        .properties()
        .forEach(
            e -> {
              for (JsonNode row : e.getValue()) {
                Interval interval = new Interval(row.get(start).asInt(), row.get(end).asInt());
                detections
                    .computeIfAbsent(row.get(video).asText(), id -> new ArrayList<>())
                    .add(new SnippetDetection(e.getKey(), interval, row.get(score).asDouble()));
              }
            });
    EvaluationResult result =
        new SnippetMeanAveragePrecision(Golden.get(c, "factor").doubleValue(), true)
            .evaluate(truth, detections, Map.of(), Golden.doubles(Golden.get(c, "tiou")));
    Golden.assertClose(
        Golden.doubles(Golden.get(c, "mAP_percent")), result.mapPercent(), "mAP in percent");
  }
}
