// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenEngine;
import dev.kairos.golden.GoldenFolder;
import dev.kairos.golden.GoldenWeights;
import dev.kairos.golden.OnEveryBackend;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** {@code multires/ilg}: two streams with consistency, and the ablations that leave it out. */
class IlgGoldenTest {
  private static final RandomKey KEY = new RandomKey(1, 2);

  /** Networks with the golden weights, and everything the files say of them. */
  private static final class Case {
    final Path folder;
    final JsonNode info;
    final Parameters parameters;
    final IlgModel model;
    final List<String> names;
    final List<Tensor> x;
    final Tensor labels;

    Case(Path folder, GoldenEngine golden) throws IOException {
      this.folder = folder;
      this.info = GoldenFolder.json(folder.resolve("info.json"));
      this.parameters = new Parameters(golden.engine(), KEY);
      this.names = Golden.suffixes(info, "L_bas_");
      List<FeatureStream> streams =
          names.stream().map(name -> new FeatureStream(name, number("F"))).toList();
      IlgModel.Sizes sizes =
          new IlgModel.Sizes(number("C"), number("filter_hidden"), number("hidden"), 0);
      this.model = new IlgModel(parameters, streams, sizes, true);
      GoldenWeights.load(parameters, folder, "param");
      List<Tensor> inputs = new ArrayList<>();
      for (String name : names) {
        inputs.add(golden.read(folder.resolve("input_x_" + name + ".npy")));
      }
      Tensor joined = inputs.get(0).concat(2, inputs.subList(1, inputs.size()));
      this.x = model.split(joined).stream().map(Tensor::keep).toList();
      this.labels = golden.read(folder.resolve("input_label.npy")).keep();
    }

    int number(String key) {
      return Golden.get(info, key).intValue();
    }

    double scale() {
      return Golden.get(info, "s").doubleValue();
    }

    /** The losses of an ablation such as {@code wo_cs_tm}. */
    Map<String, Variable> losses(GoldenEngine golden, TrainingPass pass, String ablation) {
      double between = ablation.contains("cs") ? 0 : 0.5;
      double scales = ablation.contains("tm") ? 0 : 0.5;
      IlgLosses losses =
          new IlgLosses(
              number("k"),
              1e-4,
              between,
              scales,
              scales,
              new Consistency(
                  Golden.get(info, "reduction").asText().equals("sum"), Consistency.On.LOGITS),
              TimeResampling.HALF_PIXEL,
              false);
      return losses.of(
          golden.engine(),
          model,
          pass,
          x.stream().map(pass::constant).toList(),
          pass.constant(labels),
          scale());
    }
  }

  @OnEveryBackend
  void outputs(String backend) throws IOException {
    for (Path folder : GoldenFolder.cases("multires/ilg")) {
      try (GoldenEngine golden = GoldenEngine.open(backend)) {
        Case c = new Case(folder, golden);
        try (Scope scope = golden.engine().scope()) {
          for (int i = 0; i < c.names.size(); i++) {
            Tensor x = c.x.get(i);
            String name = c.names.get(i) + ".npy";
            EvaluationPass pass = new EvaluationPass();
            BasnetModel.Projected<Tensor> projected = c.model.project(pass, i, x);
            golden.checkOutput(
                folder.resolve("out_cas_supp_" + name), c.model.suppression(pass, i, x));
            golden.checkOutput(
                folder.resolve("out_cas_supp_" + name),
                c.model.forward(pass, i, projected).casSuppression());
            int length = TimeResampling.length(x.shape().size(1), c.scale());
            assertEquals(c.number("T_out"), length);
            UnaryOperator<Tensor> inTime =
                all -> TimeResampling.HALF_PIXEL.apply(golden.engine(), all, length);
            golden.checkOutput(
                folder.resolve("out_cas_supp_hat_" + name),
                c.model.suppression(pass, i, inTime.apply(x)));
            golden.checkOutput(
                folder.resolve("out_cas_supp_hat_" + name),
                c.model.resampled(pass, i, x, projected, inTime));
          }
        }
      }
    }
  }

  @OnEveryBackend
  void lossesAndGradientsOfEveryAblation(String backend) throws IOException {
    for (Path folder : GoldenFolder.cases("multires/ilg")) {
      try (GoldenEngine golden = GoldenEngine.open(backend)) {
        Case c = new Case(folder, golden);
        for (String ablation : Golden.suffixes(Golden.get(c.info, "loss_total"), "")) {
          try (Tape tape = new Tape(golden.engine())) {
            TrainingPass pass = new TrainingPass(tape, KEY, false);
            Map<String, Variable> losses = c.losses(golden, pass, ablation);
            check(golden, Golden.get(c.info, "loss_total"), ablation, losses, "loss");
            if (ablation.equals("full")) {
              checkParts(golden, c, losses);
            }
            Variable total = losses.getOrDefault("loss", pass.constant(c.labels));
            checkGradients(golden, c, ablation, pass, tape.backward(total));
          }
        }
      }
    }
  }

  private static void checkParts(GoldenEngine golden, Case c, Map<String, Variable> losses) {
    check(golden, c.info, "L_csc", losses, "loss_between_streams");
    for (String stream : c.names) {
      check(golden, c.info, "L_sc_" + stream, losses, "loss_between_scales_" + stream);
      JsonNode own = Golden.get(c.info, "L_bas_" + stream);
      check(golden, own, "loss_total", losses, "loss_" + stream);
    }
  }

  private static void check(
      GoldenEngine golden, JsonNode expected, String key, Map<String, Variable> found, String of) {
    Variable value = found.get(of);
    if (value == null) {
      throw new AssertionError("no " + of + " among " + found.keySet());
    }
    golden.checkValue(key, Golden.get(expected, key).doubleValue(), value.value().item());
  }

  private static void checkGradients(
      GoldenEngine golden, Case c, String ablation, TrainingPass pass, Gradients gradients)
      throws IOException {
    int checked = 0;
    for (Parameter p : c.parameters.all()) {
      Path file = GoldenWeights.file(c.folder, "grad_" + ablation, p);
      if (Files.exists(file)) {
        Tensor gradient = pass.gradient(gradients, p);
        golden.checkGradient(file, GoldenWeights.asFile(p, gradient));
        checked++;
      }
    }
    int least = 2 * c.names.size(); // of each stream's last layer and filter
    assertTrue(checked >= least, checked + " gradients of " + ablation + " in " + c.folder);
    assertTrue(!ablation.equals("full") || checked == c.parameters.all().size(), "all of them");
  }
}
