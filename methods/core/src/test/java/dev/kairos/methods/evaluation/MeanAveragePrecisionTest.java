// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeanAveragePrecisionTest {
  private static final double[] HALF = {0.5};

  private static ActionInstance truth(String label, double start, double end) {
    return new ActionInstance(label, new Segment(start, end));
  }

  private static Detection found(String label, double score, double start, double end) {
    return new Detection(label, new Segment(start, end), score);
  }

  private static double[] map(
      List<ActionInstance> truth, List<Detection> detections, double... tious) {
    return MeanAveragePrecision.evaluate(Map.of("v", truth), Map.of("v", detections), tious).map();
  }

  @Test
  void aDuplicateAfterFullRecallCostsNothingAndBeforeItDoes() {
    List<ActionInstance> two = List.of(truth("a", 0, 10), truth("a", 20, 30));
    assertArrayEquals(
        new double[] {1},
        map(
            two,
            List.of(found("a", .9, 0, 10), found("a", .8, 20, 30), found("a", .7, 0, 10)),
            HALF));
    // Hits at ranks 1 and 3: (1/1 + 2/3) / 2.
    assertArrayEquals(
        new double[] {(1 + 2.0 / 3) / 2},
        map(
            two,
            List.of(found("a", .9, 0, 10), found("a", .8, 0, 9), found("a", .7, 20, 30)),
            HALF));
  }

  @Test
  void precisionIsInterpolatedFromTheRight() {
    // False, true, true: precisions 1/2, 2/3 at the hits; the first becomes 2/3.
    assertArrayEquals(
        new double[] {2.0 / 3},
        map(
            List.of(truth("a", 0, 10), truth("a", 20, 30)),
            List.of(found("a", .9, 50, 60), found("a", .8, 0, 10), found("a", .7, 20, 30)),
            HALF),
        1e-15);
  }

  @Test
  void aDetectionFallsBackToItsSecondBestFreeInstance() {
    List<ActionInstance> two = List.of(truth("a", 0, 10), truth("a", 2, 12));
    List<Detection> both = List.of(found("a", .9, 0, 10), found("a", .8, 0.5, 10.5));
    // The second one meets [0,10] best (9.5/10.5) and [2,12] next (8.5/11.5 = 0.739).
    assertArrayEquals(new double[] {1, 0.5}, map(two, both, 0.7, 0.8));
  }

  @Test
  void anOverlapEqualToTheThresholdIsAHit() {
    List<ActionInstance> one = List.of(truth("a", 0, 10));
    assertArrayEquals(new double[] {1}, map(one, List.of(found("a", 1, 0, 5)), 0.5));
    assertArrayEquals(new double[] {0}, map(one, List.of(found("a", 1, 0, 5)), Math.nextUp(0.5)));
  }

  @Test
  void ofEqualScoresTheLaterDetectionComesFirst() {
    List<ActionInstance> one = List.of(truth("a", 0, 10));
    Detection hit = found("a", 0.5, 0, 10);
    Detection miss = found("a", 0.5, 50, 60);
    assertArrayEquals(new double[] {1}, map(one, List.of(miss, hit), HALF));
    assertArrayEquals(new double[] {0.5}, map(one, List.of(hit, miss), HALF));
    assertArrayEquals(
        new double[] {0.5},
        map(one, List.of(found("a", 0.0, 0, 10), found("a", -0.0, 50, 60)), HALF),
        "0.0 and -0.0 are equal scores");
  }

  @Test
  void ofEqualOverlapsTheLaterInstanceIsTaken() {
    // [4,14] overlaps [0,10] and [8,18] alike, 6/14; only [8,18] is left for nothing else.
    List<ActionInstance> two = List.of(truth("a", 0, 10), truth("a", 8, 18));
    List<Detection> detections = List.of(found("a", .9, 4, 14), found("a", .8, 0, 10));
    assertArrayEquals(new double[] {1}, map(two, detections, 0.4));
    List<Detection> other = List.of(found("a", .9, 4, 14), found("a", .8, 8, 18));
    assertArrayEquals(new double[] {0.5}, map(two, other, 0.4));
  }

  @Test
  void eachThresholdTakesInstancesByItself() {
    List<ActionInstance> one = List.of(truth("a", 0, 10));
    List<Detection> two = List.of(found("a", .9, 0, 5), found("a", .8, 0, 10));
    assertArrayEquals(new double[] {1, 0.5}, map(one, two, 0.3, 0.9));
    assertArrayEquals(new double[] {0.5, 1}, map(one, two, 0.9, 0.3), "in any order");
  }

  @Test
  void countsWhatIsNotJudged() {
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    truth.put("v", List.of(truth("b", 0, 10), truth("a", 0, 10)));
    truth.put("empty", List.of());
    Map<String, List<Detection>> detections = new LinkedHashMap<>();
    detections.put("v", List.of(found("a", .5, 0, 10), found("zebra", .9, 0, 10)));
    detections.put("empty", List.of(found("a", .8, 0, 10)));
    detections.put("other", List.of(found("a", .9, 0, 10), found("zebra", .9, 0, 10)));
    EvaluationResult result = MeanAveragePrecision.evaluate(truth, detections, HALF);
    assertEquals(new EvaluationCounts(2, 2, 3, 2, 1, 1, 0), result.counts());
    assertEquals(List.of("a", "b"), result.classes());
    assertArrayEquals(new double[] {1.0 / 3}, result.ap("a"), 1e-15);
    assertArrayEquals(new double[] {0}, result.ap("b"), "a class without detections counts with 0");
    assertArrayEquals(new double[] {1.0 / 6}, result.map(), 1e-15);
    assertArrayEquals(new double[] {100.0 / 6}, result.mapPercent(), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> result.ap("zebra"));
  }

  @Test
  void averagesOverThresholds() {
    EvaluationResult result =
        MeanAveragePrecision.evaluate(
            Map.of("v", List.of(truth("a", 0, 10))),
            Map.of("v", List.of(found("a", .9, 0, 4.5))),
            Thresholds.range(0.1, 0.1, 0.9));
    assertEquals(4.0 / 9, result.average(), 1e-15);
    assertEquals(4.0 / 5, result.average(0.1, 0.5), 1e-15);
    assertEquals(2.0 / 5, result.average(0.3, 0.7), 1e-15);
    assertThrows(IllegalArgumentException.class, () -> result.average(0.91, 0.99));
  }

  @Test
  void anOverlapOfExactlyTheThresholdIsAHitOnThePublishedGrids() {
    double[][] grids = {
      Thresholds.range(0.1, 0.1, 0.7),
      Thresholds.range(0.3, 0.1, 0.7),
      Thresholds.range(0.5, 0.05, 0.95)
    };
    for (double[] grid : grids) {
      for (int k = 0; k < grid.length; k++) {
        int part = (int) Math.round(grid[k] * 20); // of [0, 20]
        double[] map = map(List.of(truth("a", 0, 20)), List.of(found("a", 1, 0, part)), grid);
        for (int j = 0; j < grid.length; j++) {
          assertEquals(j <= k ? 1 : 0, map[j], part + "/20 at " + grid[j]);
        }
      }
    }
  }

  @Test
  void segmentsWithoutLengthMeetNothing() {
    assertArrayEquals(
        new double[] {0}, map(List.of(truth("a", 3, 3)), List.of(found("a", 1, 3, 3)), HALF));
  }

  @Test
  void rejectsWhatHasNoAnswer() {
    List<ActionInstance> one = List.of(truth("a", 0, 10));
    assertThrows(IllegalArgumentException.class, () -> map(List.of(), List.of(), HALF));
    assertThrows(IllegalArgumentException.class, () -> map(one, List.of()));
    assertThrows(IllegalArgumentException.class, () -> map(one, List.of(), 0));
    assertThrows(IllegalArgumentException.class, () -> map(one, List.of(), Double.NaN));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> map(one, List.of(found("a", Double.NaN, 0, 1)), HALF));
    assertTrue(e.getMessage().contains("\"v\""), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void perfectDetectionsGiveExactlyOne(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, List<ActionInstance>> truth = randomTruth(random, 12, 4);
    Map<String, List<Detection>> perfect = new LinkedHashMap<>();
    double[] score = {1};
    truth.forEach(
        (video, list) ->
            perfect.put(
                video,
                list.stream()
                    .map(i -> new Detection(i.label(), i.segment(), score[0] += 0.001))
                    .toList()));
    double[] tious = Thresholds.range(0.05, 0.05, 1);
    double[] ones = new double[tious.length];
    Arrays.fill(ones, 1);
    EvaluationResult result = MeanAveragePrecision.evaluate(truth, perfect, tious);
    assertArrayEquals(ones, result.map(), "seed " + seed);
    assertEquals(1, result.average(), "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void orderOfVideosAndIncreasingScoreMapsDoNotMatter(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, List<ActionInstance>> truth = randomTruth(random, 15, 3);
    Map<String, List<Detection>> detections = randomDetections(random, truth, 30);
    double[] tious = Thresholds.range(0.1, 0.1, 0.9);
    double[] expected = MeanAveragePrecision.evaluate(truth, detections, tious).map();
    Map<String, List<Detection>> mapped = new LinkedHashMap<>();
    for (String video : shuffled(detections.keySet(), seed)) {
      List<Detection> list = new ArrayList<>();
      for (Detection d : detections.get(video)) {
        double score = d.label().equals("c0") ? Math.exp(3 * d.score()) : d.score() - 7;
        list.add(new Detection(d.label(), d.segment(), score));
      }
      Collections.shuffle(list, new Random(seed));
      mapped.put(video, list);
    }
    Map<String, List<ActionInstance>> reordered = new LinkedHashMap<>();
    shuffled(truth.keySet(), seed + 1).forEach(video -> reordered.put(video, truth.get(video)));
    assertArrayEquals(
        expected, MeanAveragePrecision.evaluate(reordered, mapped, tious).map(), "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void agreesWithTheProtocolWordByWord(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, List<ActionInstance>> truth = randomTruth(random, 8, 3);
    Map<String, List<Detection>> detections = randomDetections(random, truth, 40);
    double[] tious = Thresholds.range(0.1, 0.1, 0.9);
    EvaluationResult result = MeanAveragePrecision.evaluate(truth, detections, tious);
    for (String label : result.classes()) {
      for (int k = 0; k < tious.length; k++) {
        double expected = plainAveragePrecision(truth, detections, label, tious[k]);
        assertEquals(expected, result.ap(label)[k], 1e-12, "seed " + seed + ", " + label);
      }
    }
  }

  /** One class at one threshold, straight from the definition. */
  private static double plainAveragePrecision(
      Map<String, List<ActionInstance>> truth,
      Map<String, List<Detection>> detections,
      String label,
      double threshold) {
    record Ranked(String video, Detection detection) {}
    List<Ranked> ranked = new ArrayList<>();
    detections.forEach((v, list) -> list.forEach(d -> ranked.add(new Ranked(v, d))));
    ranked.removeIf(r -> !r.detection().label().equals(label));
    ranked.sort((a, b) -> Double.compare(b.detection().score(), a.detection().score()));
    List<ActionInstance> taken = new ArrayList<>();
    long instances =
        truth.values().stream().flatMap(List::stream).filter(i -> i.label().equals(label)).count();
    double[] precision = new double[ranked.size() + 2];
    double[] recall = new double[ranked.size() + 2];
    recall[ranked.size() + 1] = 1;
    int hits = 0;
    for (int n = 0; n < ranked.size(); n++) {
      Segment segment = ranked.get(n).detection().segment();
      List<ActionInstance> near =
          new ArrayList<>(truth.getOrDefault(ranked.get(n).video(), List.of()));
      near.removeIf(i -> !i.label().equals(label) || i.segment().tIoU(segment) < threshold);
      near.sort((a, b) -> Double.compare(b.segment().tIoU(segment), a.segment().tIoU(segment)));
      near.removeIf(taken::contains); // no two instances are equal
      if (!near.isEmpty()) {
        taken.add(near.get(0));
        hits++;
      }
      precision[n + 1] = (double) hits / (n + 1);
      recall[n + 1] = (double) hits / instances;
    }
    for (int n = precision.length - 2; n >= 0; n--) {
      precision[n] = Math.max(precision[n], precision[n + 1]);
    }
    double area = 0;
    for (int n = 1; n < precision.length; n++) {
      area += (recall[n] - recall[n - 1]) * precision[n];
    }
    return area;
  }

  @Test
  void judgesAHundredThousandDetectionsInSeconds() {
    SplittableRandom random = new SplittableRandom(5);
    Map<String, List<ActionInstance>> truth = randomTruth(random, 200, 20);
    Map<String, List<Detection>> detections = randomDetections(random, truth, 500);
    double[] tious = Thresholds.range(0.1, 0.1, 0.9);
    EvaluationResult result =
        assertTimeout(
            Duration.ofSeconds(20), () -> MeanAveragePrecision.evaluate(truth, detections, tious));
    assertEquals(100_000, result.counts().detections());
  }

  private static List<String> shuffled(Iterable<String> names, long seed) {
    List<String> list = new ArrayList<>();
    names.forEach(list::add);
    Collections.shuffle(list, new Random(seed));
    return list;
  }

  private static Map<String, List<ActionInstance>> randomTruth(
      SplittableRandom random, int videos, int classes) {
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    for (int v = 0; v < videos; v++) {
      List<ActionInstance> list = new ArrayList<>();
      TreeSet<Double> starts = new TreeSet<>();
      int count = random.nextInt(1, 12);
      while (starts.size() < count) {
        starts.add(random.nextDouble(0, 200));
      }
      for (double start : starts) {
        list.add(
            truth("c" + random.nextInt(classes), start, start + 0.5 + random.nextDouble(0, 15)));
      }
      truth.put("v" + v, list);
    }
    return truth;
  }

  private static Map<String, List<Detection>> randomDetections(
      SplittableRandom random, Map<String, List<ActionInstance>> truth, int perVideo) {
    TreeSet<String> labels = new TreeSet<>();
    truth.values().forEach(list -> list.forEach(i -> labels.add(i.label())));
    List<String> names = List.copyOf(labels);
    Map<String, List<Detection>> detections = new LinkedHashMap<>();
    truth.forEach(
        (video, list) -> {
          List<Detection> found = new ArrayList<>();
          for (int n = 0; n < perVideo; n++) {
            ActionInstance near = list.get(random.nextInt(list.size()));
            double start = near.segment().start() + random.nextDouble(-4, 4);
            double end = Math.max(start, near.segment().end() + random.nextDouble(-4, 4));
            String label =
                random.nextInt(4) == 0 ? names.get(random.nextInt(names.size())) : near.label();
            found.add(found(label, random.nextDouble(), start, end));
          }
          detections.put(video, found);
        });
    return detections;
  }
}
