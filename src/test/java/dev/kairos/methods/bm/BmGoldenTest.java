// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.bm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import dev.kairos.methods.proposal.ClassSelection;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code bm} of {@code gaufuse/hosts.json}, and its proposals. */
class BmGoldenTest {
  private static final RandomKey KEY = new RandomKey(1, 2);
  private static final Map<String, String> NAMES =
      Map.of(
          "attention.hidden.weight", "att1_w",
          "attention.hidden.bias", "att1_b",
          "attention.weight.weight", "att2_w",
          "attention.weight.bias", "att2_b",
          "classifier.weight", "cls_w",
          "clusters.foreground", "u_fg",
          "clusters.background", "u_bg");

  private static BmConfig config(List<String> settings) {
    return BmConfig.from(Settings.empty().withOverrides(settings));
  }

  @OnEveryBackend
  void networkAndLosses(String backend) throws IOException {
    JsonNode file = GoldenJson.file("hosts.json");
    JsonNode bm = Golden.get(file, "bm");
    JsonNode weights = Golden.get(bm, "weights");
    assertEquals(1, Golden.get(weights, "fg").doubleValue());
    BmConfig config =
        config(
            List.of(
                "attentionHidden=" + GoldenJson.at(bm, "params", "att1_b").size(),
                GoldenJson.setting("backgroundWeight", Golden.get(weights, "bg")),
                GoldenJson.setting("guideWeight", Golden.get(weights, "guide")),
                GoldenJson.setting("clusterWeight", Golden.get(weights, "cluster"))));
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      Parameters parameters = new Parameters(golden.engine(), KEY);
      BmNetwork network =
          new BmNetwork(
              parameters,
              Golden.get(file, "D").intValue(),
              Golden.get(file, "C").intValue(),
              config);
      GoldenJson.load(golden, parameters, Golden.get(bm, "params"), NAMES);
      try (Tape tape = new Tape(golden.engine())) {
        TrainingPass pass = new TrainingPass(tape, KEY, false);
        BmNetwork.Output<Variable> out =
            network.forward(pass, pass.constant(GoldenJson.tensor(golden, Golden.get(file, "x"))));
        GoldenJson.assertPart(golden, bm, "attention", out.attention().select(2, 0).value());
        Tensor probabilities = out.logits().value().softmax();
        Tensor labels = GoldenJson.tensor(golden, Golden.get(file, "labels"));
        BmLosses.Guide<Tensor> guide =
            BmLosses.guide(probabilities, labels.pad(-1, 0, 1, 0), config.smoothing());
        GoldenJson.assertPart(golden, bm, "guide_fg", guide.foreground().select(2, 0));
        GoldenJson.assertPart(golden, bm, "guide_bg", guide.background().select(2, 0));
        BmLosses.Parts<Variable> parts = BmLosses.of(out, probabilities, labels, config);
        JsonNode losses = Golden.get(bm, "losses");
        GoldenJson.assertPart(golden, losses, "fg", parts.foreground().value());
        GoldenJson.assertPart(golden, losses, "bg", parts.background().value());
        GoldenJson.assertPart(golden, losses, "guide", parts.guide().value());
        GoldenJson.assertPart(golden, losses, "cluster", parts.cluster().value());
        GoldenJson.assertPart(golden, losses, "total", parts.total().value());
        Gradients gradients = tape.backward(parts.total());
        GoldenJson.assertGradients(golden, bm, parameters, NAMES, p -> pass.gradient(gradients, p));
      }
    }
  }

  @Test
  void proposals() throws IOException {
    for (JsonNode one : Golden.get(GoldenJson.file("hosts_proposals.json"), "bm_proposals")) {
      BmConfig config = config(GoldenRule.settings(one));
      Prediction prediction;
      try (GoldenEngine golden = GoldenEngine.open("reference");
          Scope scope = golden.engine().scope()) {
        // What the inference does with the answers of a network.
        prediction =
            BmInference.prediction(
                GoldenJson.tensor(golden, Golden.get(one, "foreground_logits")).reshape(1, -1),
                GoldenJson.tensor(golden, Golden.get(one, "snippet_logits"))
                    .reshape(1, -1, Golden.get(one, "classes").intValue() + 1),
                GoldenJson.tensor(golden, Golden.get(one, "lambda")).reshape(1, -1, 1));
      }
      int classes = Golden.get(one, "classes").intValue();
      Golden.assertClose(
          Golden.doubles(Golden.get(one, "video_prob")), prediction.videoScores(), "scores");
      double[][] signal = GoldenJson.rows(Golden.get(one, "signal"));
      Cas cas = prediction.curve(Prediction.CAS);
      for (int t = 0; t < signal.length; t++) {
        for (int c = 0; c < classes; c++) {
          assertEquals(signal[t][c], cas.at(t, c), 1e-9, "signal");
        }
      }
      assertArrayEquals(
          Golden.ints(Golden.get(one, "pred_classes")),
          ClassSelection.select(
              prediction.videoScores(),
              classes,
              config.proposals().classThreshold(),
              config.proposals().bestIfNone()));
      GoldenRule.check(one, config.proposals(), prediction);
    }
  }
}
