// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.methods.proposal.NonMaximumSuppression;
import dev.kairos.methods.tal.Proposal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code g_nms.json}: hard and soft suppression of one class. */
class SuppressionGoldenTest {
  @Test
  void whatIsLeftAgrees() throws IOException {
    for (JsonNode one : Golden.get(ApnJson.file("g_nms.json"), "cases")) {
      List<Proposal> candidates = candidates(one);
      for (String percent : Golden.suffixes(one, "nms")) {
        List<Proposal> kept =
            DetectionRule.hard(new NonMaximumSuppression(Integer.parseInt(percent) / 10.0, false))
                .of(candidates, 1);
        assertEquals(
            indices(Golden.get(one, "nms" + percent)),
            kept.stream().map(candidates::indexOf).toList());
      }
      for (String name : Golden.suffixes(one, "soft_")) {
        checkSoft(Golden.get(one, "soft_" + name), candidates);
      }
    }
  }

  private static void checkSoft(JsonNode soft, List<Proposal> candidates) {
    SoftSuppression rule =
        new SoftSuppression(
            Golden.get(soft, "sigma").doubleValue(),
            Golden.get(soft, "low").doubleValue(),
            Golden.get(soft, "high").doubleValue(),
            Golden.get(soft, "min_score").doubleValue(),
            Golden.get(soft, "top_k").intValue());
    List<Proposal> kept = rule.of(candidates, Golden.get(soft, "duration").doubleValue());
    List<Integer> order = indices(Golden.get(soft, "index"));
    double[] scores = Golden.doubles(Golden.get(soft, "score"));
    assertEquals(order.size(), kept.size());
    for (int i = 0; i < scores.length; i++) {
      Proposal expected = candidates.get(order.get(i));
      assertEquals(expected.start(), kept.get(i).start());
      assertEquals(expected.end(), kept.get(i).end());
      assertEquals(scores[i], kept.get(i).score(), 1e-9);
    }
  }

  private static List<Proposal> candidates(JsonNode one) {
    double[] scores = Golden.doubles(Golden.get(one, "scores"));
    List<Proposal> candidates = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      double[] segment = Golden.doubles(Golden.get(one, "segments").get(i));
      candidates.add(new Proposal(0, segment[0], segment[1], scores[i]));
    }
    return candidates;
  }

  private static List<Integer> indices(JsonNode list) {
    return Arrays.stream(Golden.ints(list)).boxed().toList();
  }
}
