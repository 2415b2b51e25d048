// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.stpn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenEngine;
import dev.kairos.golden.GoldenJson;
import dev.kairos.golden.GoldenRule;
import dev.kairos.golden.OnEveryBackend;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code stpn_embedding} of {@code gaufuse/hosts.json}, and its proposals alone and as a host. */
class StpnGoldenTest {
  private static final RandomKey KEY = new RandomKey(1, 2);
  private static final Map<String, String> NAMES =
      Map.of(
          "embedding.weight", "emb_w",
          "embedding.bias", "emb_b",
          "attention.hidden.weight", "att1_w",
          "attention.hidden.bias", "att1_b",
          "attention.weight.weight", "att2_w",
          "attention.weight.bias", "att2_b",
          "classifier.weight", "cls_w",
          "classifier.bias", "cls_b");

  private static StpnConfig config(List<String> settings) {
    return StpnConfig.from(Settings.empty().withOverrides(settings));
  }

  @OnEveryBackend
  void networkAndLosses(String backend) throws IOException {
    JsonNode file = GoldenJson.file("hosts.json");
    JsonNode stpn = Golden.get(file, "stpn_embedding");
    StpnConfig config =
        config(
            List.of(
                GoldenJson.setting("hidden", Golden.get(file, "D")),
                "attentionHidden=" + GoldenJson.at(stpn, "params", "att1_b").size(),
                GoldenJson.setting("sparsity", Golden.get(stpn, "beta"))));
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      Parameters parameters = new Parameters(golden.engine(), KEY);
      StpnNetwork network =
          new StpnNetwork(
              parameters,
              Golden.get(file, "D").intValue(),
              Golden.get(file, "C").intValue(),
              config);
      GoldenJson.load(golden, parameters, Golden.get(stpn, "params"), NAMES);
      try (Tape tape = new Tape(golden.engine())) {
        TrainingPass pass = new TrainingPass(tape, KEY, false);
        StpnNetwork.Output<Variable> out =
            network.forward(pass, pass.constant(GoldenJson.tensor(golden, Golden.get(file, "x"))));
        GoldenJson.assertPart(golden, stpn, "attention", out.attention().select(2, 0));
        GoldenJson.assertPart(golden, stpn, "video_logits", out.scores());
        GoldenJson.assertPart(golden, stpn, "tcam", out.activations());
        StpnLosses.Parts<Variable> parts =
            StpnLosses.of(
                out, pass.constant(GoldenJson.tensor(golden, Golden.get(file, "labels"))), config);
        JsonNode losses = Golden.get(stpn, "losses");
        GoldenJson.assertPart(golden, losses, "cls", parts.classes());
        GoldenJson.assertPart(golden, losses, "sparsity", parts.sparsity());
        GoldenJson.assertPart(golden, losses, "total", parts.total());
        Gradients gradients = tape.backward(parts.total());
        GoldenJson.assertGradients(
            golden, stpn, parameters, NAMES, p -> pass.gradient(gradients, p));
      }
    }
  }

  private static StpnProposals.Scored scored(JsonNode one, String suffix) {
    double[] attention = Golden.doubles(Golden.get(one, "lambda" + suffix));
    double[] scores = Golden.doubles(Golden.get(one, "video_logits" + suffix));
    return new StpnProposals.Scored(
        Cas.of(attention, attention.length, 1),
        Cas.of(GoldenJson.rows(Golden.get(one, "tcam" + suffix))),
        Cas.of(scores, 1, scores.length));
  }

  private static double[] row(Detection d) {
    return new double[] {
      Integer.parseInt(d.label()), d.score(), d.segment().start(), d.segment().end()
    };
  }

  @Test
  void detections() throws IOException {
    JsonNode one = Golden.get(GoldenJson.file("hosts_proposals.json"), "stpn_proposals");
    StpnConfig config =
        config(
            List.of(
                GoldenJson.setting("classThreshold", Golden.get(one, "class_threshold")),
                GoldenJson.setting("single.upsampling", Golden.get(one, "scale")),
                GoldenJson.setting("single.threshold", Golden.get(one, "threshold")),
                GoldenJson.setting("single.nmsThreshold", Golden.get(one, "nms_iou"))));
    List<String> streams = List.of("rgb", "flow");
    StpnProposals proposals = new StpnProposals(config, streams);
    Prediction prediction =
        proposals.prediction(List.of(scored(one, "_rgb"), scored(one, "_flow")));
    SnippetGrid grid =
        new SnippetGrid(
            Golden.get(one, "fps").doubleValue(), 16, Golden.get(one, "vid_num_seg").intValue());
    int classes = Golden.get(one, "classes").intValue();
    for (String stream : streams) {
      int[] kept = proposals.classes(prediction, stream, classes);
      assertArrayEquals(Golden.ints(Golden.get(one, "pred_classes_" + stream)), kept, stream);
      List<double[]> found = new ArrayList<>();
      for (int c : kept) {
        proposals
            .ofStream(prediction, stream, c, grid, Integer.toString(c))
            .forEach(d -> found.add(row(d)));
      }
      Golden.assertSameRows(
          GoldenJson.rows(Golden.get(one, stream + "_class_score_start_end_sec")),
          found.toArray(double[][]::new),
          stream);
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    double[][] found =
        proposals.detections(prediction, grid, names).stream()
            .map(StpnGoldenTest::row)
            .toArray(double[][]::new);
    Golden.assertSameRows(
        GoldenJson.rows(Golden.get(one, "final_class_score_start_end_sec")), found, "all");
  }

  @Test
  void candidatesOfAHost() throws IOException {
    JsonNode one = Golden.get(GoldenJson.file("hosts_proposals.json"), "stpn_plugin");
    StpnConfig config = config(GoldenRule.settings(one));
    StpnProposals proposals = new StpnProposals(config, List.of("joint"));
    Prediction prediction = proposals.prediction(List.of(scored(one, "")));
    double[] cas = prediction.curve(Prediction.CAS).values();
    double[][] expected = GoldenJson.rows(Golden.get(one, "psi"));
    Golden.assertClose(
        Arrays.stream(expected).flatMapToDouble(Arrays::stream).toArray(), cas, "psi");
    GoldenRule.check(one, config.several(), prediction);
  }
}
