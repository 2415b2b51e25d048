// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.methods.apn.medoids.ConstrainedMedoids.Mode;
import dev.kairos.methods.apn.medoids.ConstrainedMedoids.Options;
import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import dev.kairos.methods.apn.medoids.PseudoActions.BackgroundInstance;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.tal.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * {@code apn/a_kmedoids.json}: the start, each round with its costs, and the result. Where the file
 * counts the last snippet in, an interval ends after it.
 */
class ConstrainedMedoidsGoldenTest {
  private static final String ACTIONS = "actions";
  private static final String BOUNDARIES = "boundaries";

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode one : Golden.get(ApnJson.file("a_kmedoids.json"), "cases")) {
      tests.add(DynamicTest.dynamicTest(Golden.get(one, "name").asText(), () -> check(one)));
    }
    assertFalse(tests.isEmpty());
    return tests.stream();
  }

  private static void check(JsonNode one) {
    JsonNode expected = Golden.get(one, "expected");
    FeatureRows rows =
        FeatureRows.of(
            ApnJson.array(Golden.get(one, "X")).toDoubles(), Golden.get(one, "D").intValue());
    assertEquals(Golden.get(one, "T").intValue(), rows.count());
    MarkedPoints points = points(one);
    Options options = options(one);
    PseudoActions found = new ConstrainedMedoids(options).cluster(rows, points);
    JsonNode history = Golden.get(expected, "history");
    assertEquals(Golden.get(expected, "iters").intValue(), found.rounds());
    assertEquals(found.rounds(), history.size());
    checkRounds(history, new MedoidSearch(rows, points, options), expected.get("init"));
    boolean mined = options.mode() == Mode.ACTION_BACKGROUND;
    assertEquals(intervals(Golden.get(expected, mined ? ACTIONS : "segments")), found.intervals());
    assertArrayEquals(
        Golden.ints(Golden.get(expected, mined ? "action_medoids" : "medoids")),
        found.actions().stream().mapToInt(PseudoAction::medoid).toArray());
    assertEquals(
        points.points(), found.actions().stream().map(PseudoAction::point).toList(), "points");
    JsonNode divisions = mined ? Golden.get(expected, "init") : history.get(0);
    assertEquals(numbers(Golden.get(divisions, BOUNDARIES)), found.divisions());
    if (mined) {
      assertEquals(
          intervals(Golden.get(expected, "background")),
          found.background().stream().map(BackgroundInstance::snippets).toList());
      assertArrayEquals(
          Golden.ints(Golden.get(expected, "bg_medoids")),
          found.background().stream().mapToInt(BackgroundInstance::medoid).toArray());
    } else {
      assertEquals(List.of(), found.background());
    }
  }

  private static void checkRounds(JsonNode history, MedoidSearch search, @Nullable JsonNode start) {
    search.start();
    if (start != null) {
      List<Boolean> open = new ArrayList<>();
      Golden.get(start, "active").forEach(each -> open.add(each.booleanValue()));
      assertEquals(open, search.gaps().stream().map(gap -> gap != null).toList());
      assertEquals(numbers(Golden.get(start, "bg_seeds")), medoids(search.gaps()), "seeds");
    }
    int round = 0;
    for (JsonNode expected : history) {
      round++;
      assertEquals(Golden.get(expected, "iter").intValue(), round);
      assertEquals(round < history.size(), search.assign(), "round " + round + " changes clusters");
      assertCost(expected, "cost_after_assign", search);
      search.updateMedoids();
      assertCost(expected, "cost_after_update", search);
      boolean mined = expected.has(ACTIONS);
      assertEquals(
          numbers(Golden.get(expected, mined ? "action_medoids" : "medoids")),
          medoids(search.actions()));
      if (mined) {
        assertEquals(intervals(Golden.get(expected, ACTIONS)), intervals(search.actions()));
        assertEquals(intervals(Golden.get(expected, "background")), intervals(search.gaps()));
        assertEquals(numbers(Golden.get(expected, "bg_medoids")), medoids(search.gaps()));
      } else {
        List<Integer> ends = search.actions().stream().map(MedoidCluster::last).toList();
        assertEquals(numbers(Golden.get(expected, BOUNDARIES)), ends.subList(0, ends.size() - 1));
      }
    }
  }

  private static void assertCost(JsonNode round, String key, MedoidSearch search) {
    ApnJson.assertExact(
        new double[] {Golden.get(round, key).doubleValue()}, new double[] {search.cost()}, key);
  }

  private static Options options(JsonNode one) {
    JsonNode reach = Golden.get(one, "reach");
    return new Options(
        Mode.valueOf(Golden.get(one, "mode").asText()),
        FrameDistance.valueOf(Golden.get(one, "metric").asText().toUpperCase(Locale.ROOT)),
        reach.isNull() ? Integer.MAX_VALUE : reach.intValue(),
        Golden.get(one, "n_same").intValue(),
        Golden.get(one, "n_diff").intValue(),
        50);
  }

  private static MarkedPoints points(JsonNode one) {
    int[] snippets = Golden.ints(Golden.get(one, "points"));
    JsonNode labels = Golden.get(one, "labels");
    assertTrue(snippets.length == labels.size());
    List<MarkedPoint> points = new ArrayList<>();
    for (int k = 0; k < snippets.length; k++) {
      points.add(
          new MarkedPoint(snippets[k], Arrays.stream(Golden.ints(labels.get(k))).boxed().toList()));
    }
    return new MarkedPoints(points);
  }

  private static List<@Nullable Integer> numbers(JsonNode list) {
    List<@Nullable Integer> numbers = new ArrayList<>();
    list.forEach(each -> numbers.add(each.isNull() ? null : (Integer) each.intValue()));
    return numbers;
  }

  private static List<@Nullable Interval> intervals(JsonNode list) {
    List<@Nullable Interval> intervals = new ArrayList<>();
    for (JsonNode each : list) {
      intervals.add(
          each.isNull() ? null : new Interval(each.get(0).intValue(), each.get(1).intValue() + 1));
    }
    return intervals;
  }

  private static List<@Nullable Integer> medoids(List<? extends @Nullable MedoidCluster> clusters) {
    List<@Nullable Integer> medoids = new ArrayList<>();
    for (MedoidCluster each : clusters) {
      medoids.add(each == null ? null : (Integer) each.medoid());
    }
    return medoids;
  }

  private static List<@Nullable Interval> intervals(
      List<? extends @Nullable MedoidCluster> clusters) {
    List<@Nullable Interval> intervals = new ArrayList<>();
    for (MedoidCluster each : clusters) {
      intervals.add(each == null ? null : each.snippets());
    }
    return intervals;
  }
}
