// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.backbone.BasnetLosses;
import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Adam;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/** {@code multires/basnet}: outputs, losses, gradients and Adam steps of the published network. */
class BasnetGoldenTest {
  private static final RandomKey KEY = new RandomKey(1, 2);

  /** A network with the golden weights, and everything the files say of it. */
  private static final class Case {
    final Path folder = GoldenFolder.of("multires/basnet");
    final JsonNode info;
    final Parameters parameters;
    final BasnetModel network;
    final Tensor x;
    final Tensor labels;

    Case(GoldenEngine golden) throws IOException {
      this.info = GoldenFolder.json(folder.resolve("info.json"));
      this.parameters = new Parameters(golden.engine(), KEY);
      this.network =
          new BasnetModel(
              parameters, number("F"), number("C"), number("filter_hidden"), number("hidden"), 0);
      GoldenWeights.load(parameters, folder, "param");
      this.x = golden.read(folder.resolve("input_x.npy")).keep();
      this.labels = golden.read(folder.resolve("input_label.npy")).keep();
    }

    int number(String key) {
      return Golden.get(info, key).intValue();
    }

    BasnetLosses.Parts<Variable> losses(TrainingPass pass) {
      return BasnetLosses.of(
          network.forward(pass, pass.constant(x)),
          pass.constant(labels),
          number("k"),
          Golden.get(info, "alpha").doubleValue());
    }
  }

  @OnEveryBackend
  void outputs(String backend) throws IOException {
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      Case c = new Case(golden);
      try (Scope scope = golden.engine().scope()) {
        BasnetModel.Output<Tensor> out = c.network.forward(new EvaluationPass(), c.x);
        golden.checkOutput(c.folder.resolve("out_fore_weights.npy"), out.foreground());
        golden.checkOutput(c.folder.resolve("out_cas_base.npy"), out.casBase());
        golden.checkOutput(c.folder.resolve("out_cas_supp.npy"), out.casSuppression());
        int k = c.number("k");
        golden.checkOutput(c.folder.resolve("out_topkmean_base.npy"), out.casBase().topKMean(k, 1));
        golden.checkOutput(
            c.folder.resolve("out_topkmean_supp.npy"), out.casSuppression().topKMean(k, 1));
        golden.checkOutput(
            c.folder.resolve("out_score_base.npy"), BasnetModel.videoScore(out.casBase(), k));
        golden.checkOutput(
            c.folder.resolve("out_score_supp.npy"),
            BasnetModel.videoScore(out.casSuppression(), k));
      }
    }
  }

  @OnEveryBackend
  void lossesAndGradients(String backend) throws IOException {
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      Case c = new Case(golden);
      try (Tape tape = new Tape(golden.engine())) {
        TrainingPass pass = new TrainingPass(tape, KEY, false);
        BasnetLosses.Parts<Variable> parts = c.losses(pass);
        JsonNode loss = Golden.get(c.info, "loss");
        check(golden, loss, "loss_base", parts.base());
        check(golden, loss, "loss_supp", parts.suppression());
        check(golden, loss, "loss_norm", parts.norm());
        check(golden, loss, "loss_total", parts.total());
        Gradients gradients = tape.backward(parts.total());
        for (Parameter p : c.parameters.all()) {
          golden.checkGradient(
              GoldenWeights.file(c.folder, "grad", p),
              GoldenWeights.asFile(p, pass.gradient(gradients, p)));
        }
      }
    }
  }

  private static void check(GoldenEngine golden, JsonNode loss, String key, Variable found) {
    golden.checkValue(key, Golden.get(loss, key).doubleValue(), found.value().item());
  }

  @OnEveryBackend
  void adamSteps(String backend) throws IOException {
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      Case c = new Case(golden);
      JsonNode info = Golden.get(c.info, "adam");
      Adam adam =
          new Adam(
              c.parameters,
              new Adam.Options(
                  Golden.get(info, "beta1").doubleValue(),
                  Golden.get(info, "beta2").doubleValue(),
                  Golden.get(info, "eps").doubleValue(),
                  Golden.get(info, "weight_decay_L2").doubleValue(),
                  false));
      int steps = Golden.get(info, "steps").intValue();
      double[] before = Golden.doubles(Golden.get(info, "loss_before_each_step"));
      assertEquals(steps, before.length);
      for (double expected : before) {
        try (Tape tape = new Tape(golden.engine())) {
          TrainingPass pass = new TrainingPass(tape, KEY, false);
          Variable total = c.losses(pass).total();
          golden.checkValue("loss before a step", expected, total.value().item());
          Gradients gradients = tape.backward(total);
          adam.step(p -> pass.gradient(gradients, p), Golden.get(info, "lr").doubleValue());
        }
      }
      for (Parameter p : c.parameters.all()) {
        golden.checkGradient(
            GoldenWeights.file(c.folder, "adam" + steps, p), GoldenWeights.asFile(p, p.value()));
      }
    }
  }
}
