// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.rskp.MemoryBank;
import dev.kairos.methods.rskp.RskpLosses;
import dev.kairos.methods.rskp.RskpNetwork;
import dev.kairos.methods.rskp.RskpNetwork.Head;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Adam;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code gaufuse/rskp}: outputs, losses, gradients, memory and Adam steps of the published code.
 */
class RskpGoldenTest {
  private static final RandomKey KEY = new RandomKey(1, 2);

  /** The files' names of the weights. */
  private static final Map<String, String> FILES =
      Map.of(
          "embed.weight", "embed_weight",
          "embed.bias", "embed_bias",
          "representatives", "mu",
          "centres.classes", "ac_center",
          "centres.foreground", "fg_center");

  /** A network with the golden weights, and everything the files say of it. */
  private static final class Case {
    final Path folder = GoldenFolder.of("gaufuse/rskp");
    final JsonNode meta;
    final GoldenEngine golden;
    final Parameters parameters;
    final RskpNetwork network;

    Case(GoldenEngine golden) throws IOException {
      this.golden = golden;
      this.meta = GoldenFolder.json(folder.resolve("meta.json"));
      this.parameters = new Parameters(golden.engine(), KEY);
      RskpNetwork.Options options =
          new RskpNetwork.Options(
              number("D"),
              number("K"),
              number("em_iter"),
              5,
              Golden.get(meta, "w").doubleValue(),
              Golden.get(meta, "scale").doubleValue(),
              0);
      this.network = new RskpNetwork(parameters, number("D"), number("C"), options);
      try (Scope scope = golden.engine().scope()) {
        for (Parameter p : parameters.all()) {
          Tensor read = golden.read(file("param", p));
          p.value().assign(GoldenWeights.asFile(p, read)); // the layouts are their own inverses
        }
      }
    }

    int number(String key) {
      return Golden.get(meta, key).intValue();
    }

    Path file(String prefix, Parameter p) {
      return folder.resolve(prefix + "_" + FILES.get(p.name()) + ".npy");
    }

    Tensor read(String name) throws IOException {
      return golden.read(folder.resolve(name + ".npy"));
    }

    int videos() {
      return Golden.get(meta, "T").size();
    }

    int[] labels(int video) {
      return Golden.ints(Golden.get(meta, "labels").get(video));
    }

    Tensor labelRow(int video) {
      double[] row = new double[number("C")];
      for (int label : labels(video)) {
        row[label] = 1;
      }
      return golden.engine().tensor(row, 1, row.length);
    }
  }

  @OnEveryBackend
  void outputs(String backend) throws IOException {
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      Case c = new Case(golden);
      for (int v = 0; v < c.videos(); v++) {
        try (Scope scope = golden.engine().scope()) {
          RskpNetwork.Output<Tensor> out =
              c.network.forward(new EvaluationPass(), c.read("v" + v + "_x"));
          check(c, v, "embed", out.embedding().values());
          check(c, v, "em2_mu", out.representatives());
          check(c, v, "mu_pred", out.memoryScores().softmax());
          head(c, v, "o", out.original());
          head(c, v, "m", out.propagated());
        }
      }
    }
  }

  private static void head(Case c, int v, String branch, Head<Tensor> head) throws IOException {
    check(c, v, branch + "_logits", head.logits());
    check(c, v, branch + "_att", head.attention().reshape(-1));
    check(c, v, branch + "_ca_pred", head.agnostic().softmax().reshape(-1));
    check(c, v, branch + "_cw_pred", head.classwise().softmax().reshape(-1));
  }

  private static void check(Case c, int video, String name, Tensor found) throws IOException {
    c.golden.checkOutput(c.folder.resolve("v" + video + "_" + name + ".npy"), found);
  }

  @OnEveryBackend
  void firstStage(String backend) throws IOException {
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      Case c = new Case(golden);
      JsonNode stage = Golden.get(c.meta, "stage1");
      int video = Golden.get(stage, "video").intValue();
      try (Tape tape = new Tape(golden.engine())) {
        TrainingPass pass = new TrainingPass(tape, KEY, false);
        RskpNetwork.Output<Variable> out =
            c.network.forward(pass, pass.constant(c.read("v" + video + "_x")));
        RskpLosses.Parts parts =
            RskpLosses.of(
                out,
                null,
                c.labelRow(video),
                RskpLosses.Weights.published(Golden.get(stage, "spl_weight").doubleValue()));
        checkLosses(golden, Golden.get(stage, "losses"), parts);
        Gradients gradients = tape.backward(parts.total());
        for (Parameter p : c.parameters.all()) {
          golden.checkGradient(
              c.file("stage1_grad", p), GoldenWeights.asFile(p, pass.gradient(gradients, p)));
        }
      }
    }
  }

  private static void checkLosses(GoldenEngine golden, JsonNode expected, RskpLosses.Parts parts) {
    value(golden, expected, "fore", parts.foreground());
    value(golden, expected, "back", parts.background());
    value(golden, expected, "att", parts.attention());
    value(golden, expected, "spl", parts.propagation());
  }

  private static void value(GoldenEngine golden, JsonNode expected, String key, Variable found) {
    golden.checkValue(key, Golden.get(expected, key).doubleValue(), found.value().item());
  }

  /**
   * Recordings in turn with memory and pseudo labels, their gradients added up, then an Adam step;
   * twice. In single precision the first step of Adam turns on signs of gradients near 0, so
   * weights are compared in double only.
   */
  @OnEveryBackend
  void secondStage(String backend) throws IOException {
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      Case c = new Case(golden);
      JsonNode stage = Golden.get(c.meta, "stage2");
      MemoryBank bank = new MemoryBank(c.number("C"), c.number("queue_len"), c.number("D"));
      bank.restore(
          array(c, "stage2_queue_mu_0").toDoubles(), array(c, "stage2_queue_sc_0").toDoubles());
      JsonNode betas = Golden.get(stage, "betas");
      Adam adam =
          new Adam(
              c.parameters,
              new Adam.Options(
                  betas.get(0).doubleValue(),
                  betas.get(1).doubleValue(),
                  Golden.get(stage, "eps").doubleValue(),
                  Golden.get(stage, "weight_decay").doubleValue(),
                  false));
      JsonNode steps = Golden.get(stage, "steps");
      boolean exact = backend.equals("reference");
      for (int step = 0; step < (exact ? steps.size() : 1); step++) {
        Map<String, double[]> sums = new HashMap<>();
        for (int v = 0; v < c.videos(); v++) {
          recording(c, bank, stage, Golden.get(steps.get(step), "losses").get(v), step, v, sums);
        }
        try (Scope scope = golden.engine().scope()) {
          adam.step(
              p -> golden.engine().tensor(sums.get(p.name()), p.value().shape().sizes()),
              Golden.get(stage, "lr").doubleValue());
        }
        if (exact) {
          for (Parameter p : c.parameters.all()) {
            golden.checkOutput(
                c.file("stage2_param_after_step" + (step + 1), p),
                GoldenWeights.asFile(p, p.value()));
          }
        }
      }
    }
  }

  private static NpyArray array(Case c, String name) throws IOException {
    return GoldenFolder.array(c.folder.resolve(name + ".npy"));
  }

  private static void recording(
      Case c,
      MemoryBank bank,
      JsonNode stage,
      JsonNode losses,
      int step,
      int v,
      Map<String, double[]> sums)
      throws IOException {
    GoldenEngine golden = c.golden;
    try (Tape tape = new Tape(golden.engine())) {
      TrainingPass pass = new TrainingPass(tape, KEY, false);
      RskpNetwork.Output<Variable> out =
          c.network.forward(pass, pass.constant(c.read("v" + v + "_x")));
      Head<Variable> memory =
          c.network.propagated(
              pass, out.embedding(), pass.constant(bank.vectors(golden.engine(), c.labels(v))));
      if (step == 0) {
        c.golden.checkOutput(
            c.folder.resolve("stage2_v" + v + "_mem_logits.npy"), memory.logits().value());
      }
      RskpLosses.Parts parts =
          RskpLosses.of(
              out,
              memory,
              c.labelRow(v),
              RskpLosses.Weights.published(Golden.get(stage, "spl_weight").doubleValue()));
      checkLosses(golden, losses, parts);
      Variable pseudo = pass.constant(c.read("stage2_v" + v + "_pseudo"));
      double share = Golden.get(stage, "frm_coef_pseudo").doubleValue();
      Variable distillation =
          distillation(out.original(), pseudo)
              .multiply(share)
              .add(distillation(out.propagated(), pseudo).multiply(1 - share));
      value(golden, losses, "dist", distillation);
      Variable total =
          parts.total().add(distillation.multiply(Golden.get(losses, "dist_weight").doubleValue()));
      value(golden, losses, "total", total);
      Gradients gradients = tape.backward(total);
      for (Parameter p : c.parameters.all()) {
        Tensor gradient = pass.gradient(gradients, p);
        if (step == 0) {
          golden.checkGradient(
              c.file("stage2_v" + v + "_grad", p), GoldenWeights.asFile(p, gradient));
        }
        double[] values = gradient.toDoubles();
        sums.merge(
            p.name(),
            values,
            (a, b) -> {
              for (int i = 0; i < a.length; i++) {
                a[i] += b[i];
              }
              return a;
            });
      }
      bank.update(
          c.labels(v),
          out.representatives().value().toDoubles(),
          out.memoryScores().value().softmax().toDoubles());
    }
    if (step == 0) {
      Map<String, double[]> kept = new LinkedHashMap<>();
      kept.put("stage2_queue_mu_after_v" + v, bank.vectors());
      kept.put("stage2_queue_sc_after_v" + v, bank.scores());
      for (Map.Entry<String, double[]> entry : kept.entrySet()) {
        double[] expected = array(c, entry.getKey()).toDoubles();
        assertEquals(expected.length, entry.getValue().length);
        for (int i = 0; i < expected.length; i++) {
          golden.checkValue(entry.getKey() + "[" + i + "]", expected[i], entry.getValue()[i]);
        }
      }
    }
  }

  private static Variable distillation(Head<Variable> head, Variable pseudo) {
    return head.logits().logSoftmax().multiply(pseudo).sum(false, 1).mean().negate();
  }
}
