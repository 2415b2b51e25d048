// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.facnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenEngine;
import dev.kairos.golden.GoldenJson;
import dev.kairos.golden.OnEveryBackend;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.host.StreamColumns;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.proposal.Suppression;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code facnet} of {@code gaufuse/hosts.json}, and its proposals of one and two streams. */
class FacnetGoldenTest {
  private static final RandomKey KEY = new RandomKey(1, 2);
  private static final Map<String, String> NAMES =
      Map.of(
          "fc1.weight", "fc1_weight",
          "fc1.bias", "fc1_bias",
          "fc2.weight", "fc2_weight",
          "fc2.bias", "fc2_bias",
          "centres.classes", "ac_center",
          "centres.foreground", "fg_center");

  private static FacnetConfig config(String... settings) {
    return FacnetConfig.from(Settings.empty().withOverrides(List.of(settings)), 2);
  }

  @OnEveryBackend
  void networkAndLosses(String backend) throws IOException {
    JsonNode file = GoldenJson.file("hosts.json");
    JsonNode facnet = Golden.get(file, "facnet");
    int video = Golden.get(facnet, "video").intValue();
    FacnetConfig config = config(GoldenJson.setting("hidden", Golden.get(file, "D")));
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      Parameters parameters = new Parameters(golden.engine(), KEY);
      FacnetNetwork network =
          new FacnetNetwork(
              parameters,
              Golden.get(file, "D").intValue(),
              Golden.get(file, "C").intValue(),
              config);
      GoldenJson.load(golden, parameters, Golden.get(facnet, "params"), NAMES);
      try (Tape tape = new Tape(golden.engine())) {
        TrainingPass pass = new TrainingPass(tape, KEY, false);
        FacnetNetwork.Output<Variable> out =
            network.forward(
                pass, pass.constant(GoldenJson.tensor(golden, Golden.get(file, "x").get(video))));
        GoldenJson.assertPart(golden, facnet, "cw_pred", out.classwise().softmax());
        GoldenJson.assertPart(golden, facnet, "ca_pred", out.agnostic().softmax());
        GoldenJson.assertPart(golden, facnet, "mil_pred", out.pooled().softmax());
        GoldenJson.assertPart(
            golden,
            facnet,
            "frm_scores",
            out.logits().reshape(1, -1, out.logits().shape().size(1)));
        Variable labels =
            pass.constant(GoldenJson.tensor(golden, Golden.get(file, "labels").get(video)));
        FacnetLosses.Parts<Variable> parts = FacnetLosses.of(out, labels.reshape(1, -1), config);
        JsonNode losses = Golden.get(facnet, "losses");
        GoldenJson.assertPart(golden, losses, "cw", parts.classwise());
        GoldenJson.assertPart(golden, losses, "ca", parts.agnostic());
        GoldenJson.assertPart(golden, losses, "mil", parts.pooled());
        GoldenJson.assertPart(golden, losses, "total", parts.total());
        Gradients gradients = tape.backward(parts.total());
        GoldenJson.assertGradients(
            golden, facnet, parameters, NAMES, p -> pass.gradient(gradients, p));
      }
    }
  }

  private static FacnetProposals proposals(JsonNode two, String scale, String... streams) {
    String thresholds =
        Arrays.stream(Golden.doubles(Golden.get(two, "thresholds")))
            .mapToObj(Double::toString)
            .collect(Collectors.joining(","));
    FacnetConfig config =
        config(
            "activationThresholds=" + thresholds,
            GoldenJson.setting("classThreshold", Golden.get(two, "class_threshold")),
            "firstStreamScale=" + scale,
            GoldenJson.setting("outerWeight", Golden.get(two, "outer_weight")),
            GoldenJson.setting("shortest", Golden.get(two, "min_length")),
            GoldenJson.setting("fusion.threshold", Golden.get(two, "nms_stream")),
            GoldenJson.setting("jointThreshold", Golden.get(two, "nms_joint")));
    return new FacnetProposals(config, List.of(streams));
  }

  private static Prediction prediction(JsonNode two, int video) {
    Map<String, Cas> curves = new LinkedHashMap<>();
    for (String stream : List.of("rgb", "flow")) {
      double[] scores = Golden.doubles(Golden.get(two, stream + "_vid_pred").get(video));
      curves.put(
          StreamColumns.curve(FacnetProposals.SCORES, stream), Cas.of(scores, 1, scores.length));
      curves.put(
          StreamColumns.curve(Prediction.CAS, stream),
          Cas.of(GoldenJson.rows(Golden.get(two, stream + "_frm_pred").get(video))));
    }
    return new Prediction(new double[0], curves, List.of());
  }

  private static void check(
      JsonNode two, String key, FacnetProposals proposals, Suppression within) {
    JsonNode expected = Golden.get(two, key);
    int classes = Golden.get(two, "classes").intValue();
    List<List<double[]>> found = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      found.add(new ArrayList<>());
    }
    for (int v = 0; v < Golden.get(two, "rgb_vid_pred").size(); v++) {
      for (Proposal p : proposals.instances(prediction(two, v), classes, within)) {
        found.get(p.label()).add(new double[] {v, p.start(), p.end(), p.score()});
      }
    }
    assertEquals(classes, expected.size(), key);
    for (int c = 0; c < classes; c++) {
      Golden.assertSameRows(
          GoldenJson.rows(expected.get(c)),
          found.get(c).toArray(double[][]::new),
          key + ", class " + c);
    }
  }

  @Test
  void twoStreams() throws IOException {
    JsonNode two = Golden.get(GoldenJson.file("hosts_proposals.json"), "facnet_two_stream");
    String scale = Golden.get(two, "rgb_scale").asText();
    FacnetProposals both = proposals(two, scale, "rgb", "flow");
    Suppression own = both.config().suppression();
    check(two, "rgb_vid_s_e_score", proposals(two, scale, "rgb"), own);
    check(two, "flow_vid_s_e_score", proposals(two, "1", "flow"), own);
    check(two, "joint_vid_s_e_score", both, own);
    check(
        two,
        "host_fused_joint_vid_s_e_score",
        both,
        InstanceFusion.gaussian()
            .withTemperature(Golden.get(two, "host_fusion_tau").doubleValue()));
  }

  @Test
  void jointSuppression() throws IOException {
    JsonNode one = Golden.get(GoldenJson.file("hosts_proposals.json"), "facnet_joint_nms");
    List<Proposal> all = new ArrayList<>();
    for (String stream : List.of("rgb_rows", "flow_rows")) {
      for (double[] row : GoldenJson.rows(Golden.get(one, stream))) {
        all.add(new Proposal(0, row[1], row[2], row[3]));
      }
    }
    int[] picks =
        FacnetConfig.leaders(Golden.get(one, "overlap").doubleValue()).clusters(all).stream()
            .mapToInt(cluster -> cluster.members().get(0))
            .toArray();
    assertEquals(
        Arrays.toString(Golden.ints(Golden.get(one, "picks_in_joined_list"))),
        Arrays.toString(picks));
  }
}
