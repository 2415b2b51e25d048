// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Cases worked by hand in which the protocols differ. */
class ProtocolTest {
  private static ActionInstance truth(String label, double start, double end) {
    return new ActionInstance(label, new Segment(start, end));
  }

  private static Detection found(String label, double score, double start, double end) {
    return new Detection(label, new Segment(start, end), score);
  }

  private static double[] map(Protocol protocol, EvaluationInput input, double... tious) {
    EvaluationResult result = protocol.evaluate(input, 1, tious);
    assertEquals(protocol, result.protocol());
    return result.map();
  }

  @Test
  void areFoundByTheirWord() {
    for (Protocol protocol : Protocol.values()) {
      assertEquals(Optional.of(protocol), Protocol.named(protocol.word()));
    }
    assertEquals(Optional.empty(), Protocol.named("voc"));
  }

  @Test
  void anOverlapOfExactlyTheThresholdIsNoHitInTheChallenge() {
    EvaluationInput input =
        EvaluationInput.of(
            Map.of("v", List.of(truth("a", 0, 10))), Map.of("v", List.of(found("a", 1, 0, 5))));
    assertArrayEquals(new double[] {1}, map(Protocol.ACTIVITYNET, input, 0.5));
    assertArrayEquals(new double[] {1}, map(Protocol.WTALC, input, 0.5));
    assertArrayEquals(new double[] {0, 1}, map(Protocol.THUMOS14, input, 0.5, 0.4999));
  }

  @Test
  void theChallengeMatchesByOverlapWhateverTheScore() {
    // The better overlap has the lower score: rank 1 is false, rank 2 true.
    EvaluationInput input =
        EvaluationInput.of(
            Map.of("v", List.of(truth("a", 0, 10))),
            Map.of("v", List.of(found("a", 0.9, 0, 8), found("a", 0.5, 0, 10))));
    assertArrayEquals(new double[] {1}, map(Protocol.ACTIVITYNET, input, 0.5));
    assertArrayEquals(new double[] {0.5}, map(Protocol.THUMOS14, input, 0.5));
  }

  @Test
  void theChallengeDoesNotInterpolate() {
    // Ranks: true, false, true of 2 instances: (1/1 + 2/3) / 2, interpolated the same; then
    // false, true: 1/2 against 1/2; false, true, true: (1/2 + 2/3) / 2 against 2/3.
    EvaluationInput input =
        EvaluationInput.of(
            Map.of("v", List.of(truth("a", 0, 10), truth("a", 20, 30))),
            Map.of(
                "v",
                List.of(found("a", 0.9, 50, 60), found("a", 0.8, 0, 10), found("a", 0.7, 20, 30))));
    assertArrayEquals(new double[] {(0.5 + 2.0 / 3) / 2}, map(Protocol.THUMOS14, input, 0.5));
    assertArrayEquals(new double[] {2.0 / 3}, map(Protocol.ACTIVITYNET, input, 0.5));
  }

  @Test
  void ambiguousStretchesExcuseOnlyWhatNobodyTook() {
    Map<String, List<ActionInstance>> truth = Map.of("v", List.of(truth("a", 0, 10)));
    Map<String, List<Detection>> found =
        Map.of("v", List.of(found("a", 0.9, 20, 30), found("a", 0.5, 0, 10)));
    EvaluationInput excused =
        new EvaluationInput(truth, found, Map.of("v", List.of(new Segment(9, 21))));
    EvaluationResult challenge = Protocol.THUMOS14.evaluate(excused, 1, new double[] {0.5});
    assertArrayEquals(new double[] {1}, challenge.map(), "the hit counts, the other is left out");
    assertEquals(1, challenge.counts().ambiguous());
    EvaluationResult family = Protocol.WTALC.evaluate(excused, 1, new double[] {0.5});
    assertArrayEquals(new double[] {0}, family.map(), "both are left out");
    assertEquals(2, family.counts().ambiguous());
    assertArrayEquals(new double[] {0.5}, map(Protocol.ACTIVITYNET, excused, 0.5));
  }

  @Test
  void detectionsOfOtherRecordingsAndLabels() {
    EvaluationInput input =
        EvaluationInput.of(
            Map.of("v", List.of(truth("a", 0, 10)), "empty", List.of()),
            Map.of(
                "v", List.of(found("a", 0.5, 0, 10), found("b", 1, 0, 10)),
                "w", List.of(found("a", 0.9, 0, 10))));
    EvaluationResult challenge = Protocol.THUMOS14.evaluate(input, 1, new double[] {0.5});
    assertArrayEquals(new double[] {0.5}, challenge.map());
    assertEquals(new EvaluationCounts(2, 1, 2, 1, 1, 1, 0), challenge.counts());
    assertArrayEquals(new double[] {1}, map(Protocol.WTALC, input, 0.5));
  }

  @Test
  void nothingAnnotatedIsRefused() {
    EvaluationInput none = EvaluationInput.of(Map.of("v", List.of()), Map.of());
    for (Protocol protocol : Protocol.values()) {
      assertThrows(
          IllegalArgumentException.class, () -> protocol.evaluate(none, 1, new double[] {0.5}));
    }
  }
}
