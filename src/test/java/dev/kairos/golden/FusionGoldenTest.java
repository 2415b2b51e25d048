// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.methods.proposal.FusionTemplate;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.proposal.InstanceFusion.Cluster;
import dev.kairos.methods.proposal.InstanceFusion.Logit;
import dev.kairos.methods.proposal.InstanceFusion.Overlap;
import dev.kairos.methods.proposal.SoftNms;
import dev.kairos.methods.tal.Proposal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code gaufuse/fusion.json} and {@code fusion_variants.json}: fused instances. */
class FusionGoldenTest {
  private static final double STUDENT = 1e-6;
  private static final Map<String, FusionTemplate> TEMPLATES =
      Map.of(
          "gaussian_s_e_score", FusionTemplate.GAUSSIAN,
          "uniform", FusionTemplate.UNIFORM,
          "laplace", FusionTemplate.EXPONENTIAL,
          "student_t", FusionTemplate.STUDENT);

  private static final Map<String, FusionTemplate> VARIANTS =
      Map.of(
          "GAUSSIAN", FusionTemplate.GAUSSIAN,
          "EXPONENTIAL", FusionTemplate.EXPONENTIAL,
          "STUDENT_T", FusionTemplate.STUDENT);

  private static Stream<DynamicTest> cases(String file, Case check) throws IOException {
    JsonNode cases =
        Golden.get(
            GoldenFolder.json(GoldenFolder.present(GoldenFolder.of("gaufuse").resolve(file))),
            "cases");
    assertTrue(!cases.isEmpty(), "no case");
    List<DynamicTest> tests = new ArrayList<>();
    for (int k = 0; k < cases.size(); k++) {
      JsonNode one = cases.get(k);
      tests.add(DynamicTest.dynamicTest(k + " " + one.path("name").asText(), () -> check.run(one)));
    }
    return tests.stream();
  }

  /** The check of one case. */
  private interface Case {
    void run(JsonNode one);
  }

  @TestFactory
  Stream<DynamicTest> everyTemperature() throws IOException {
    return cases("fusion.json", FusionGoldenTest::temperatures);
  }

  @TestFactory
  Stream<DynamicTest> everyOverlapAndLogit() throws IOException {
    return cases("fusion_variants.json", FusionGoldenTest::variants);
  }

  private static List<Proposal> candidates(JsonNode one) {
    List<Proposal> candidates = new ArrayList<>();
    for (JsonNode row : Golden.get(one, "candidates_s_e_score_inner")) {
      double[] r = Golden.doubles(row);
      candidates.add(new Proposal(0, r[0], r[1], r[2], r[3]));
    }
    return candidates;
  }

  private static void temperatures(JsonNode one) {
    List<Proposal> candidates = candidates(one);
    double threshold = Golden.get(one, "overlap_threshold").doubleValue();
    boolean twins = Golden.get(one, "has_identical_candidates").booleanValue();
    for (Map.Entry<String, JsonNode> result : Golden.get(one, "results").properties()) {
      temperature(result.getValue(), threshold, Double.parseDouble(result.getKey()), candidates);
    }
    InstanceFusion nms = InstanceFusion.gaussian().withTemplate(FusionTemplate.LEADER);
    for (String h : List.of("0.25", "0.5")) {
      InstanceFusion picking =
          new InstanceFusion(
              FusionTemplate.LEADER, nms.overlap(), Double.parseDouble(h), nms.logit(), 1);
      int[] picks = Golden.ints(Golden.get(one, "nms_" + h + "_picks"));
      assertPicks(picks, picking.clusters(candidates), candidates, twins);
    }
    if (!twins) {
      JsonNode groups = Golden.get(one, "groups");
      List<Cluster> clusters =
          new InstanceFusion(FusionTemplate.GAUSSIAN, Overlap.COVERAGE, threshold, Logit.INNER, 1)
              .clusters(candidates);
      assertClusters(groups, clusters);
    }
    soft(Golden.get(one, "softnms_gaussian_sigma0.3"), SoftNms.gaussian(), candidates);
    soft(Golden.get(one, "softnms_linear_thr0.25"), SoftNms.linear(), candidates);
  }

  private static void temperature(
      JsonNode result, double threshold, double tau, List<Proposal> candidates) {
    InstanceFusion fusion =
        new InstanceFusion(FusionTemplate.GAUSSIAN, Overlap.COVERAGE, threshold, Logit.INNER, tau);
    TEMPLATES.forEach(
        (key, template) -> {
          if (result.has(key)) {
            assertRows(result.get(key), fusion.withTemplate(template), candidates, key + " " + tau);
          }
        });
    if (result.has("gaussian_iou_scorelogit")) {
      assertRows(
          result.get("gaussian_iou_scorelogit"),
          new InstanceFusion(FusionTemplate.GAUSSIAN, Overlap.IOU, threshold, Logit.SCORE, tau),
          candidates,
          "paper's reading " + tau);
    }
  }

  private static void soft(JsonNode rows, SoftNms suppression, List<Proposal> candidates) {
    List<Proposal> found = suppression.proposals(candidates);
    assertEquals(rows.size(), found.size(), "soft suppression: count");
    for (int i = 0; i < found.size(); i++) {
      double[] row = Golden.doubles(rows.get(i));
      Proposal pick = candidates.get((int) row[0]);
      double[] expected = {pick.start(), pick.end(), row[1]};
      double[] actual = {found.get(i).start(), found.get(i).end(), found.get(i).score()};
      Golden.assertClose(expected, actual, "soft suppression, pick " + i);
    }
  }

  private static void assertPicks(
      int[] picks, List<Cluster> clusters, List<Proposal> candidates, boolean twins) {
    assertEquals(picks.length, clusters.size(), "picks");
    for (int i = 0; i < picks.length; i++) {
      int leader = clusters.get(i).members().get(0);
      if (twins) {
        assertEquals(candidates.get(picks[i]), candidates.get(leader), "pick " + i);
      } else {
        assertEquals(picks[i], leader, "pick " + i);
      }
    }
  }

  private static void variants(JsonNode one) {
    List<Proposal> candidates = candidates(one);
    double h = Golden.get(one, "h").doubleValue();
    for (Overlap overlap : Overlap.values()) {
      InstanceFusion any = new InstanceFusion(FusionTemplate.UNIFORM, overlap, h, Logit.INNER, 1);
      assertClusters(
          Golden.get(Golden.get(one, "clusters"), overlap.name()), any.clusters(candidates));
      assertRows(
          Golden.get(Golden.get(one, "uniform_s_e_score"), overlap.name()),
          any,
          candidates,
          "uniform " + overlap);
    }
    for (JsonNode result : Golden.get(one, "results")) {
      InstanceFusion fusion =
          new InstanceFusion(
              FusionTemplate.GAUSSIAN,
              Overlap.valueOf(Golden.get(result, "overlap").asText()),
              h,
              Logit.valueOf(Golden.get(result, "logit").asText()),
              Golden.get(result, "tau").doubleValue());
      String what = fusion.toString();
      VARIANTS.forEach(
          (key, template) ->
              assertRows(
                  Golden.get(result, key),
                  fusion.withTemplate(template),
                  candidates,
                  what + " " + key));
      List<Cluster> inOrder = fusion.clusters(candidates);
      int[] sorted = Golden.ints(Golden.get(result, "sorted"));
      List<Proposal> found = fusion.proposals(candidates);
      assertEquals(sorted.length, found.size(), what);
      for (int i = 0; i < sorted.length; i++) {
        assertEquals(inOrder.get(sorted[i]).instance(), found.get(i), what + ", place " + i);
      }
    }
  }

  private static void assertClusters(JsonNode expected, List<Cluster> clusters) {
    assertEquals(expected.size(), clusters.size(), "clusters");
    for (int i = 0; i < clusters.size(); i++) {
      int[] want = Golden.ints(expected.get(i));
      Arrays.sort(want, Math.min(1, want.length), want.length);
      int[] have = clusters.get(i).members().stream().mapToInt(m -> m).toArray();
      assertArrayEquals(want, have, "cluster " + i);
    }
  }

  private static void assertRows(
      JsonNode rows, InstanceFusion fusion, List<Proposal> candidates, String what) {
    List<Proposal> found = fusion.clusters(candidates).stream().map(Cluster::instance).toList();
    assertRows(rows, found, fusion.template() == FusionTemplate.STUDENT ? STUDENT : 0, what);
  }

  private static void assertRows(
      JsonNode rows, List<Proposal> found, double tolerance, String what) {
    assertEquals(rows.size(), found.size(), () -> what + ": rows");
    for (int i = 0; i < found.size(); i++) {
      double[] expected = Golden.doubles(rows.get(i));
      Proposal p = found.get(i);
      double[] actual = {p.start(), p.end(), p.score()};
      String row = String.format(Locale.ROOT, "%s, row %d", what, i);
      if (tolerance == 0) {
        Golden.assertClose(expected, actual, row);
      } else {
        assertArrayEquals(expected, actual, tolerance, row);
      }
    }
  }
}
