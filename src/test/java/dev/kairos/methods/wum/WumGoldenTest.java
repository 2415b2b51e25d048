// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.wum;

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
import dev.kairos.methods.proposal.ClassSelection;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.proposal.ProposalGenerator;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code wum} of {@code gaufuse/hosts.json}, and {@code wum_plugin} of its proposals. */
class WumGoldenTest {
  private static final RandomKey KEY = new RandomKey(1, 2);
  private static final Map<String, String> NAMES =
      Map.of(
          "conv.weight", "conv_weight",
          "conv.bias", "conv_bias",
          "classifier.weight", "classifier_weight");

  private static WumConfig config(String... settings) {
    return WumConfig.from(Settings.empty().withOverrides(List.of(settings)));
  }

  @OnEveryBackend
  void networkAndLosses(String backend) throws IOException {
    JsonNode file = GoldenJson.file("hosts.json");
    JsonNode wum = Golden.get(file, "wum");
    WumConfig config =
        config(
            GoldenJson.setting("hidden", Golden.get(file, "D")),
            GoldenJson.setting("actionDivisor", Golden.get(wum, "r_act")),
            GoldenJson.setting("backgroundDivisor", Golden.get(wum, "r_bkg")),
            GoldenJson.setting("alpha", Golden.get(wum, "alpha")),
            GoldenJson.setting("beta", Golden.get(wum, "beta")),
            GoldenJson.setting("margin", Golden.get(wum, "margin")));
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      Parameters parameters = new Parameters(golden.engine(), KEY);
      WumNetwork network =
          new WumNetwork(
              parameters,
              Golden.get(file, "D").intValue(),
              Golden.get(file, "C").intValue(),
              config);
      GoldenJson.load(golden, parameters, Golden.get(wum, "params"), NAMES);
      try (Tape tape = new Tape(golden.engine())) {
        TrainingPass pass = new TrainingPass(tape, KEY, false);
        WumNetwork.Output<Variable> out =
            network.forward(pass, pass.constant(GoldenJson.tensor(golden, Golden.get(file, "x"))));
        GoldenJson.assertPart(golden, wum, "score_act", out.actionScore());
        GoldenJson.assertPart(golden, wum, "score_bkg", out.backgroundScore());
        GoldenJson.assertPart(golden, wum, "features_norm", out.magnitudes());
        GoldenJson.assertPart(golden, wum, "cas_softmax", out.cas().softmax());
        WumLosses.Parts<Variable> parts =
            WumLosses.of(
                out, pass.constant(GoldenJson.tensor(golden, Golden.get(file, "labels"))), config);
        JsonNode losses = Golden.get(wum, "losses");
        GoldenJson.assertPart(golden, losses, "loss_cls", parts.classes());
        GoldenJson.assertPart(golden, losses, "loss_be", parts.entropy());
        GoldenJson.assertPart(golden, losses, "loss_um", parts.uncertainty());
        GoldenJson.assertPart(golden, losses, "loss_total", parts.total());
        Gradients gradients = tape.backward(parts.total());
        GoldenJson.assertGradients(
            golden, wum, parameters, NAMES, p -> pass.gradient(gradients, p));
      }
    }
  }

  /** What the files say the network predicts. */
  private static Prediction prediction(JsonNode one, String scores) {
    double[] magnitudes = Golden.doubles(Golden.get(one, "mag_norm"));
    Map<String, Cas> curves = new LinkedHashMap<>();
    curves.put(Prediction.CAS, Cas.of(GoldenJson.rows(Golden.get(one, "cas_norm"))));
    curves.put(WumConfig.MAGNITUDE, Cas.of(magnitudes, magnitudes.length, 1));
    return new Prediction(Golden.doubles(Golden.get(one, scores)), curves, List.of());
  }

  private static int[] classes(Prediction prediction, WumConfig config) {
    return ClassSelection.select(
        prediction.videoScores(),
        prediction.videoScores().length,
        config.proposals().classThreshold(),
        true);
  }

  @Test
  void detections() throws IOException {
    JsonNode one = GoldenJson.at(GoldenJson.file("hosts.json"), "wum", "proposals");
    WumConfig config =
        config(
            GoldenJson.setting("classThreshold", Golden.get(one, "class_thresh")),
            GoldenJson.setting("upsampling", Golden.get(one, "scale")));
    Prediction prediction = prediction(one, "score_np");
    int[] classes = classes(prediction, config);
    assertEquals(
        Arrays.toString(Golden.ints(Golden.get(one, "pred_classes"))), Arrays.toString(classes));
    SnippetGrid grid =
        new SnippetGrid(
            Golden.get(one, "fps").doubleValue(), 16, Golden.get(one, "vid_num_seg").intValue());
    ProposalGenerator generator = config.generator();
    for (int c : classes) {
      double[][] found =
          generator.candidates(prediction, c, grid).stream()
              .map(p -> new double[] {c, p.score(), grid.seconds(p.start()), grid.seconds(p.end())})
              .toArray(double[][]::new);
      double[][] expected = GoldenJson.rows(GoldenJson.at(one, "candidates", Integer.toString(c)));
      assertEquals(expected.length, found.length, "candidates of class " + c);
      for (int i = 0; i < found.length; i++) {
        Golden.assertClose(expected[i], found[i], "class " + c + ", candidate " + i);
      }
    }
    List<String> names =
        IntStream.range(0, prediction.videoScores().length).mapToObj(Integer::toString).toList();
    List<Detection> detections = generator.detections(prediction, grid, names);
    for (String name : names) {
      double[][] found =
          detections.stream()
              .filter(d -> d.label().equals(name))
              .map(
                  d ->
                      new double[] {
                        Integer.parseInt(name), d.score(), d.segment().start(), d.segment().end()
                      })
              .toArray(double[][]::new);
      JsonNode kept = Golden.get(one, "after_nms_0.6").get(name);
      Golden.assertSameRows(
          kept == null ? new double[0][] : GoldenJson.rows(kept), found, "class " + name);
    }
  }

  @Test
  void candidatesOfAHost() throws IOException {
    JsonNode one = Golden.get(GoldenJson.file("hosts_proposals.json"), "wum_plugin");
    WumConfig config =
        config(
            GoldenJson.setting("classThreshold", Golden.get(one, "class_threshold")),
            GoldenJson.setting("upsampling", Golden.get(one, "scale")));
    Prediction prediction = prediction(one, "score_act");
    int[] classes = classes(prediction, config);
    assertEquals(
        Arrays.toString(Golden.ints(Golden.get(one, "pred_classes"))), Arrays.toString(classes));
    SnippetGrid rows = new SnippetGrid(1, 1, Golden.get(one, "segments").intValue());
    JsonNode all = Golden.get(one, "rows_s_e_score_inner_contrast");
    // Leaders join nobody at coverages beyond 1e9: every candidate stays as it is.
    InstanceFusion apart =
        new InstanceFusion(
            InstanceFusion.gaussian().template(),
            InstanceFusion.Overlap.COVERAGE,
            1e9,
            InstanceFusion.Logit.INNER,
            1);
    List<Proposal> instances =
        config.generator().instances(prediction, prediction.videoScores().length, apart);
    for (int i = 0; i < classes.length; i++) {
      int label = classes[i];
      double[][] expected = GoldenJson.rows(all.get(i));
      List<Proposal> found = config.generator().candidates(prediction, label, rows);
      assertEquals(expected.length, found.size(), "candidates of class " + label);
      for (int j = 0; j < expected.length; j++) {
        Proposal p = found.get(j);
        Golden.assertClose(
            Arrays.copyOf(expected[j], 4),
            new double[] {p.start(), p.end(), p.score(), p.innerMean()},
            "class " + label + ", candidate " + j);
      }
      Golden.assertSameRows(
          Arrays.stream(expected)
              .map(row -> new double[] {row[0], row[1], row[4], row[3]})
              .toArray(double[][]::new),
          instances.stream()
              .filter(p -> p.label() == label)
              .map(p -> new double[] {p.start(), p.end(), p.score(), p.innerMean()})
              .toArray(double[][]::new),
          "instances of class " + label);
    }
  }
}
