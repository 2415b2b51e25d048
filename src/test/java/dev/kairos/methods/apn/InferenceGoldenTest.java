// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.methods.proposal.NonMaximumSuppression;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code k_inference.json}: from boundaries, classes and cosines to detections. */
class InferenceGoldenTest {
  @Test
  void everyStepAgrees() throws IOException {
    try (Engine engine = Engine.open("reference", 1)) {
      for (JsonNode one : Golden.get(ApnJson.file("k_inference.json"), "cases")) {
        check(engine, one, Golden.get(one, "name").asText());
      }
    }
  }

  private static void check(Engine engine, JsonNode one, String name) {
    double[] starts = values(one, "p_start");
    double[] ends = values(one, "p_end");
    BoundaryProposals all =
        BoundaryProposals.of(starts, ends, number(one, "d_min"), number(one, "d_max"));
    assertEquals(number(one, "proposal_count_before_cap"), all.count(), name);
    int[] best = all.best(number(one, "K_inf"));
    JsonNode proposals = Golden.get(one, "proposals");
    assertEquals(proposals.size(), best.length, name);
    for (int p = 0; p < best.length; p++) {
      int[] expected = Golden.ints(proposals.get(p));
      assertArrayEquals(expected, new int[] {all.first(best[p]), all.last(best[p])}, name);
    }
    Tensor scores = ApnJson.tensor(engine, Golden.get(one, "logits")).softmax();
    ApnJson.assertOutput(Golden.get(one, "c_hat"), scores, name);
    Tensor confidences =
        Confidence.scaled(
                ApnJson.tensor(engine, Golden.get(one, "cos")),
                engine.full(Golden.get(one, "omega").doubleValue(), Shape.of(1)),
                engine.full(Golden.get(one, "beta").doubleValue(), Shape.of(1)))
            .sigmoid();
    ApnJson.assertOutput(Golden.get(one, "s_hat"), confidences, name);

    double[] powers = Golden.doubles(Golden.get(one, "fusion"));
    List<Proposal> scored =
        new ProposalScores(
                number(one, "top_classes"), powers[0], powers[1], powers[2], powers[3], 0)
            .of(
                best,
                all,
                starts,
                ends,
                scores.toDoubles(),
                confidences.toDoubles(),
                new double[scores.toDoubles().length]);
    checkScored(one, scored, name);
    checkDetections(one, scored, name);
  }

  private static void checkScored(JsonNode one, List<Proposal> scored, String name) {
    Comparator<double[]> order =
        Comparator.<double[]>comparingDouble(row -> row[1])
            .thenComparingDouble(row -> row[2])
            .thenComparingDouble(row -> row[0]);
    JsonNode expected = Golden.get(one, "scored_class_i_j_score");
    List<double[]> right =
        IntStream.range(0, expected.size())
            .mapToObj(i -> Golden.doubles(expected.get(i)))
            .sorted(order)
            .toList();
    List<double[]> found =
        scored.stream()
            .map(p -> new double[] {p.label(), p.start(), p.end() - 1, p.score()})
            .sorted(order)
            .toList();
    assertEquals(right.size(), found.size(), name);
    for (int i = 0; i < right.size(); i++) {
      assertArrayEquals(right.get(i), found.get(i), 1e-9, name);
    }
  }

  private static void checkDetections(JsonNode one, List<Proposal> scored, String name) {
    double seconds = Golden.get(one, "tau_s").doubleValue();
    double duration = Golden.get(one, "duration").doubleValue();
    DetectionRule rule =
        new DetectionRule(suppression(Golden.get(one, "suppression")), number(one, "keep"));
    JsonNode after = Golden.get(one, "after_suppression_i_j_score");
    int classes = number(one, "M");
    for (int c = 0; c < classes; c++) {
      List<Proposal> left = rule.ofClass(scored, c, duration / seconds);
      JsonNode expected = Golden.get(after, Integer.toString(c));
      assertEquals(expected.size(), left.size(), name);
      for (int i = 0; i < left.size(); i++) {
        Proposal p = left.get(i);
        assertArrayEquals(
            Golden.doubles(expected.get(i)),
            new double[] {p.start(), p.end() - 1, p.score()},
            1e-9,
            name);
      }
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    int rows = (int) Math.ceil(duration / seconds);
    SnippetGrid grid = new SnippetGrid(1, seconds, 0, duration, rows);
    List<Detection> found = rule.detections(scored, grid, names);
    JsonNode expected = Golden.get(one, "detections_class_score_start_end_sec");
    assertEquals(expected.size(), found.size(), name);
    for (int i = 0; i < found.size(); i++) {
      Detection d = found.get(i);
      assertArrayEquals(
          Golden.doubles(expected.get(i)),
          new double[] {
            Double.parseDouble(d.label()), d.score(), d.segment().start(), d.segment().end()
          },
          1e-9,
          name);
    }
  }

  private static DetectionRule.PerClass suppression(JsonNode rule) {
    if (Golden.get(rule, "kind").asText().equals("nms")) {
      double threshold = Golden.get(rule, "threshold").doubleValue();
      return DetectionRule.hard(new NonMaximumSuppression(threshold, false));
    }
    return DetectionRule.soft(
        new SoftSuppression(
            Golden.get(rule, "sigma").doubleValue(),
            Golden.get(rule, "low").doubleValue(),
            Golden.get(rule, "high").doubleValue(),
            Golden.get(rule, "min_score").doubleValue(),
            number(rule, "top_k")));
  }

  private static double[] values(JsonNode one, String key) {
    return ApnJson.array(Golden.get(one, key)).toDoubles();
  }

  private static int number(JsonNode one, String key) {
    return Golden.get(one, key).intValue();
  }
}
