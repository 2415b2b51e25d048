// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import dev.kairos.methods.apn.medoids.PseudoActions;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.tal.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code c_pgm.json}: candidates, proposals, and which of them train with what target. */
class ProposalsGoldenTest {
  @Test
  void candidatesAndProposalsAgree() throws IOException {
    for (JsonNode one : Golden.get(ApnJson.file("c_pgm.json"), "cases")) {
      assertEquals(0.5, Golden.get(one, "peak_ratio").doubleValue());
      double[] starts = values(one, "p_start");
      double[] ends = values(one, "p_end");
      assertArrayEquals(
          Golden.ints(Golden.get(one, "start_candidates")), BoundaryProposals.candidates(starts));
      assertArrayEquals(
          Golden.ints(Golden.get(one, "end_candidates")), BoundaryProposals.candidates(ends));
      BoundaryProposals found =
          BoundaryProposals.of(
              starts,
              ends,
              Golden.get(one, "d_min").intValue(),
              Golden.get(one, "d_max").intValue());
      JsonNode proposals = Golden.get(one, "proposals");
      double[] scores = Golden.doubles(Golden.get(one, "scores"));
      assertEquals(proposals.size(), found.count());
      for (int p = 0; p < found.count(); p++) {
        assertArrayEquals(Golden.ints(proposals.get(p)), new int[] {found.first(p), found.last(p)});
        assertEquals(scores[p], found.score(p), 1e-9);
      }
      int[] best = Golden.ints(Golden.get(one, "top_indices"));
      assertArrayEquals(best, Arrays.copyOf(found.ranked(), best.length));
      Arrays.sort(best);
      assertArrayEquals(best, found.best(Golden.get(one, "top_k").intValue()));
    }
  }

  @Test
  void targetsOfProposalsWithOnePointAgree() throws IOException {
    for (JsonNode golden : Golden.get(ApnJson.file("c_pgm.json"), "cases")) {
      double[] starts = values(golden, "p_start");
      BoundaryProposals all =
          BoundaryProposals.of(
              starts,
              values(golden, "p_end"),
              Golden.get(golden, "d_min").intValue(),
              Golden.get(golden, "d_max").intValue());
      PseudoActions labels = labels(golden);
      TrainingProposals found =
          TrainingProposals.of(all, labels, starts.length, TrainingProposals.Kind.ONE_POINT, false);
      int at = 0;
      for (int p = 0; p < all.count(); p++) {
        boolean single = Golden.get(golden, "exactly_one_point").get(p).booleanValue();
        assertEquals(single, Golden.get(golden, "owner").get(p).intValue() >= 0);
        if (single) {
          TrainingProposals.One one = found.all().get(at);
          assertEquals(new Interval(all.first(p), all.last(p) + 1), one.interval());
          PseudoAction owner = labels.actions().get(Golden.get(golden, "owner").get(p).intValue());
          assertEquals(owner, one.action());
          assertEquals(Golden.get(golden, "s_target").get(p).doubleValue(), one.overlap(), 1e-9);
          at++;
        }
      }
      assertEquals(at, found.count());
    }
  }

  private static PseudoActions labels(JsonNode one) {
    int[] points = Golden.ints(Golden.get(one, "points"));
    List<PseudoAction> actions = new ArrayList<>();
    for (int k = 0; k < points.length; k++) {
      int[] ends = Golden.ints(Golden.get(one, "pseudo_actions").get(k));
      actions.add(
          new PseudoAction(
              new MarkedPoint(points[k], List.of(k)),
              new Interval(ends[0], ends[1] + 1),
              points[k]));
    }
    return new PseudoActions(actions, List.of(), List.of(), 1);
  }

  private static double[] values(JsonNode one, String key) {
    return ApnJson.array(Golden.get(one, key)).toDoubles();
  }
}
