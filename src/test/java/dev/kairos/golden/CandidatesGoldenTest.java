// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.methods.proposal.CandidateRule;
import dev.kairos.methods.proposal.FusionTemplate;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.proposal.InstanceFusion.Cluster;
import dev.kairos.methods.proposal.InstanceFusion.Logit;
import dev.kairos.methods.proposal.InstanceFusion.Overlap;
import dev.kairos.methods.proposal.OuterMargin;
import dev.kairos.methods.proposal.TimeUpsampling;
import dev.kairos.methods.tal.Proposal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * {@code gaufuse/proposals.json} and {@code proposals_variants.json}: candidates, fused, picked.
 */
class CandidatesGoldenTest {
  private static final InstanceFusion FUSION = InstanceFusion.gaussian().withTemperature(0.02);

  private static JsonNode file(String name) throws IOException {
    return GoldenFolder.json(GoldenFolder.present(GoldenFolder.of("gaufuse").resolve(name)));
  }

  /** The scores of one class. */
  private static double[] column(JsonNode rows, int c) {
    double[] column = new double[rows.size()];
    for (int t = 0; t < column.length; t++) {
      column[t] = rows.get(t).get(c).doubleValue();
    }
    return column;
  }

  private static double[][] rows(JsonNode list) {
    double[][] rows = new double[list.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Golden.doubles(list.get(i));
    }
    return rows;
  }

  private static List<Double> numbers(JsonNode node) {
    return Arrays.stream(Golden.doubles(node)).boxed().toList();
  }

  @Test
  void ofAllThreeMethods() throws IOException {
    JsonNode file = file("proposals.json");
    List<Double> thresholds = numbers(Golden.get(file, "thresholds_gaufuse"));
    CandidateRule fusion = new CandidateRule(thresholds, CandidateRule.fusion().margin(), 1, 2, 1);
    CandidateRule rskp = new CandidateRule(thresholds, CandidateRule.rskp().margin(), 1, 2, 1);
    for (JsonNode one : Golden.get(file, "cases")) {
      JsonNode frames = Golden.get(one, "frm_pred");
      double[] video = Golden.doubles(Golden.get(one, "vid_pred"));
      double least = Golden.get(one, "class_threshold").doubleValue();
      JsonNode expected = Golden.get(one, "gaufuse_candidates");
      JsonNode fused = Golden.get(one, "fused_T0.02");
      for (int c = 0; c < video.length; c++) {
        assertEquals(video[c] < least, expected.get(c).isNull(), "class " + c);
        if (!expected.get(c).isNull()) {
          List<Proposal> found = fusion.candidates(column(frames, c), c);
          assertCandidates(expected.get(c), found, "class " + c);
          assertFused(fused.get(c), FUSION.proposals(found), "class " + c);
        }
      }
      host(one, "rskp", rskp);
      JsonNode facnet = Golden.get(one, "facnet");
      host(
          one,
          "facnet",
          new CandidateRule(
              numbers(Golden.get(facnet, "thresholds")), OuterMargin.fraction(0.25), 0.6, 3, 1));
    }
  }

  /** The candidates of one host, class by class, and what its suppression leaves. */
  private static void host(JsonNode one, String name, CandidateRule rule) {
    JsonNode host = Golden.get(one, name);
    double[] video = Golden.doubles(Golden.get(one, "vid_pred"));
    double least = Golden.get(host, "class_threshold").doubleValue();
    InstanceFusion nms =
        new InstanceFusion(
            FusionTemplate.LEADER,
            Overlap.COVERAGE,
            Golden.get(host, "nms_overlap").doubleValue(),
            Logit.INNER,
            1);
    JsonNode candidates = Golden.get(host, "candidates_vid_s_e_score");
    JsonNode after = Golden.get(host, "after_nms");
    int next = 0;
    for (int c = 0; c < video.length; c++) {
      if (video[c] < least) {
        continue;
      }
      List<Proposal> found = rule.candidates(column(Golden.get(one, "frm_pred"), c), c);
      if (found.isEmpty()) {
        continue;
      }
      String what = name + ", class " + c;
      double[][] rows = rows(candidates.get(next++));
      assertEquals(rows.length, found.size(), what);
      for (int i = 0; i < rows.length; i++) {
        Proposal p = found.get(i);
        Golden.assertClose(
            Arrays.copyOfRange(rows[i], 1, 4),
            new double[] {p.start(), p.end(), p.score()},
            what + ", " + i);
      }
      double[][] picked =
          nms.clusters(found).stream()
              .map(Cluster::instance)
              .map(p -> new double[] {p.start(), p.end(), p.score()})
              .toArray(double[][]::new);
      double[][] kept =
          Arrays.stream(rows(after.get(c)))
              .map(row -> Arrays.copyOfRange(row, 1, 4))
              .toArray(double[][]::new);
      Golden.assertSameRows(kept, picked, what + " after suppression");
    }
    assertEquals(candidates.size(), next, name + ": classes");
  }

  private static void assertCandidates(JsonNode rows, List<Proposal> found, String what) {
    assertEquals(rows.size(), found.size(), what);
    for (int i = 0; i < found.size(); i++) {
      Proposal p = found.get(i);
      Golden.assertClose(
          Golden.doubles(rows.get(i)),
          new double[] {p.start(), p.end(), p.score(), p.innerMean()},
          what + ", candidate " + i);
    }
  }

  private static void assertFused(JsonNode rows, List<Proposal> found, String what) {
    assertEquals(rows.size(), found.size(), what + ", fused");
    for (int i = 0; i < found.size(); i++) {
      Proposal p = found.get(i);
      Golden.assertClose(
          Golden.doubles(rows.get(i)),
          new double[] {p.start(), p.end(), p.score()},
          what + ", fused " + i);
    }
  }

  @Test
  void thePublishedThresholds() {
    List<Double> thresholds = CandidateRule.rskp().thresholds();
    assertEquals(CandidateRule.fusion().thresholds(), thresholds);
    assertEquals(20, thresholds.size());
    assertEquals(0.001, thresholds.get(0));
    assertEquals(0.039, thresholds.get(19), 1e-12);
  }

  @Test
  void withUpsamplingAndMargins() throws IOException {
    JsonNode file = file("proposals_variants.json");
    List<Double> thresholds = numbers(Golden.get(file, "thresholds"));
    JsonNode inputs = Golden.get(file, "inputs");
    for (JsonNode up : Golden.get(file, "upsampled")) {
      double[] series =
          up.has("input")
              ? Golden.doubles(up.get("input"))
              : column(
                  Golden.get(Golden.get(inputs, Golden.get(up, "name").asText()), "frm_pred"),
                  Golden.get(up, "class").intValue());
      Golden.assertClose(
          Golden.doubles(Golden.get(up, "values")),
          TimeUpsampling.linear(series, Golden.get(up, "upsample").intValue()),
          "upsampled");
    }
    Map<String, OuterMargin> margins =
        new TreeMap<>(
            Map.of("CODE", CandidateRule.fusion().margin(), "QUARTER", OuterMargin.fraction(0.25)));
    for (JsonNode one : Golden.get(file, "cases")) {
      JsonNode input = Golden.get(inputs, Golden.get(one, "name").asText());
      CandidateRule rule =
          new CandidateRule(
              thresholds,
              margins.get(Golden.get(one, "margin").asText()),
              1,
              2,
              Golden.get(one, "upsample").intValue());
      JsonNode expected = Golden.get(one, "candidates");
      List<Integer> cut = new ArrayList<>();
      for (int c = 0; c < expected.size(); c++) {
        if (!expected.get(c).isNull()) {
          List<Proposal> found = rule.candidates(column(Golden.get(input, "frm_pred"), c), c);
          assertCandidates(expected.get(c), found, rule + ", class " + c);
          assertFused(
              Golden.get(one, "fused_T0.02").get(c), FUSION.proposals(found), rule + ", " + c);
          cut.add(c);
        }
      }
      assertTrue(!cut.isEmpty(), "no class");
    }
  }
}
