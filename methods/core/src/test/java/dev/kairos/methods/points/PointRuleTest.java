// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PointRuleTest {
  private static final int MANY = 20_000;

  private static Recording recording(String id, double duration, Segment... segments) {
    List<ActionInstance> instances = new ArrayList<>();
    for (Segment segment : segments) {
      instances.add(new ActionInstance("jump", segment));
    }
    return new Recording(id, "train", duration, instances, List.of(new PointLabel("run", 1)));
  }

  private static List<Double> moments(PointRule rule, Recording recording, long seed) {
    return new DrawnPoints(rule, seed)
        .label(recording).points().stream().map(PointLabel::seconds).toList();
  }

  /** Where in an action of unit length the rule puts its points. */
  private static List<Double> shares(PointRule rule) {
    List<ActionInstance> many =
        Collections.nCopies(MANY, new ActionInstance("jump", new Segment(10, 14)));
    Recording recording = new Recording("many", "train", 20, many, List.of());
    return moments(rule, recording, 3).stream().map(t -> (t - 10) / 4).toList();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(x -> x).average().orElseThrow();
  }

  private static double deviation(List<Double> values) {
    double mean = mean(values);
    return Math.sqrt(
        values.stream().mapToDouble(x -> (x - mean) * (x - mean)).average().orElseThrow());
  }

  @Test
  void pointsHaveTheDistributionTheyAreNamedAfter() {
    List<Double> uniform = shares(PointRule.uniform());
    assertEquals(0.5, mean(uniform), 0.01);
    assertEquals(Math.sqrt(1 / 12.0), deviation(uniform), 0.005);
    assertTrue(Collections.min(uniform) < 0.01 && Collections.max(uniform) > 0.99);
    List<Double> middle = shares(PointRule.middle());
    assertEquals(0.6 * Math.sqrt(1 / 12.0), deviation(middle), 0.003);
    assertTrue(Collections.min(middle) >= 0.2 && Collections.min(middle) < 0.21);
    assertTrue(Collections.max(middle) <= 0.8 && Collections.max(middle) > 0.79);
    List<Double> gaussian = shares(PointRule.gaussian());
    assertEquals(0.5, mean(gaussian), 0.002);
    assertEquals(0.05, deviation(gaussian), 0.001);
    assertEquals(Collections.nCopies(MANY, 0.5), shares(PointRule.centre()));
    List<Double> wide = shares(new PointRule.Gaussian(100));
    assertTrue(Collections.min(wide) >= 0 && Collections.max(wide) <= 1);
  }

  @Test
  void aPointFollowsSeedRecordingAndNumberAlone() {
    Segment first = new Segment(1, 5);
    Segment second = new Segment(6, 8);
    for (PointRule rule : List.of(PointRule.uniform(), PointRule.gaussian())) {
      List<Double> two = moments(rule, recording("a", 20, first, second), 7);
      assertEquals(two, moments(rule, recording("a", 20, first, second), 7));
      assertEquals(two.get(0), moments(rule, recording("a", 20, first), 7).get(0));
      assertEquals(
          two.get(1), moments(rule, recording("a", 20, new Segment(0, 9), second), 7).get(1));
      assertNotEquals(two, moments(rule, recording("b", 20, first, second), 7));
      assertNotEquals(two, moments(rule, recording("a", 20, first, second), 8));
      List<Double> same = moments(rule, recording("a", 20, first, first), 7);
      assertNotEquals(same.get(0), same.get(1));
    }
  }

  @Test
  void onePointAnActionTakesThePlaceOfThoseThereWere() {
    Recording labelled =
        new DrawnPoints(PointRule.centre(), 0).label(recording("a", 20, new Segment(1, 4)));
    assertEquals(List.of(new PointLabel("jump", 2.5)), labelled.points());
    assertEquals(List.of(), moments(PointRule.centre(), recording("a", 20), 0));
  }

  @Test
  void pointsStayInsideTheRecording() {
    Segment late = new Segment(25, 35);
    assertEquals(List.of(20.0), moments(PointRule.centre(), recording("a", 20, late), 0));
    assertEquals(List.of(30.0), moments(PointRule.centre(), recording("a", Double.NaN, late), 0));
    assertEquals(
        List.of(0.0), moments(PointRule.centre(), recording("a", 20, new Segment(-4, 2)), 0));
  }

  @Test
  void aRuleSaysWhatItIs() {
    assertEquals("uniform, seed 7", new DrawnPoints(PointRule.uniform(), 7).source());
    assertEquals(
        "uniform in the middle 60 %, seed -1", new DrawnPoints(PointRule.middle(), -1).source());
    assertEquals(
        "gaussian with sigma 0.05, seed 7", new DrawnPoints(PointRule.gaussian(), 7).source());
    assertEquals("centre", new DrawnPoints(PointRule.centre(), 7).source());
    for (String name : PointRule.NAMES) {
      assertTrue(PointRule.named(name).orElseThrow().words().startsWith(name));
    }
    assertEquals(Optional.empty(), PointRule.named("center"));
    assertThrows(IllegalArgumentException.class, () -> new PointRule.Uniform(0));
    assertThrows(IllegalArgumentException.class, () -> new PointRule.Uniform(1.1));
    assertThrows(IllegalArgumentException.class, () -> new PointRule.Gaussian(-1));
    assertThrows(IllegalArgumentException.class, () -> new PointRule.Gaussian(Double.NaN));
  }
}
