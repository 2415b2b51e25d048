// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenEngine;
import dev.kairos.golden.GoldenFolder;
import dev.kairos.golden.GoldenWeights;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code gaufuse/memory.json}: the memory bank as it is filled from all recordings, and a step with
 * it: as RSKP has it, with the index bug of a later code, and with an empty bank.
 */
class MemoryGoldenTest {
  /** The file's names of the weights. */
  private static final Map<String, String> NAMES =
      Map.of(
          "embed.weight", "embed_weight",
          "embed.bias", "embed_bias",
          "representatives", "mu",
          "centres.classes", "ac_center",
          "centres.foreground", "fg_center");

  private final JsonNode file;
  private final int classes;
  private final int slots;
  private final int width;

  MemoryGoldenTest() throws IOException {
    file = GoldenFolder.json(GoldenFolder.of("gaufuse").resolve("memory.json"));
    classes = number("C");
    slots = number("queue_len");
    width = number("D");
  }

  private int number(String key) {
    return Golden.get(file, key).intValue();
  }

  @Test
  void stepsWithMemory() {
    try (GoldenEngine golden = GoldenEngine.open("reference")) {
      Parameters parameters = new Parameters(golden.engine(), new RandomKey(1, 2));
      RskpNetwork network =
          new RskpNetwork(
              parameters,
              width,
              classes,
              new RskpNetwork.Options(
                  width,
                  number("K"),
                  number("em_iter"),
                  5,
                  Golden.get(file, "w").doubleValue(),
                  Golden.get(file, "scale").doubleValue(),
                  0));
      try (Scope scope = golden.engine().scope()) {
        for (Parameter p : parameters.all()) {
          JsonNode saved = Golden.get(Golden.get(file, "params"), NAMES.get(p.name()));
          p.value().assign(GoldenWeights.asFile(p, tensor(golden, saved)));
        }
      }
      MemoryBank filled = fill(golden, network);
      JsonNode steps = Golden.get(file, "steps");
      assertTrue(steps.size() > 0);
      for (JsonNode step : steps) {
        step(golden, parameters, network, filled, step);
      }
    }
  }

  private MemoryBank fill(GoldenEngine golden, RskpNetwork network) {
    MemoryBank bank = new MemoryBank(classes, slots, width);
    for (JsonNode video : Golden.get(file, "init_videos")) {
      try (Scope scope = golden.engine().scope()) {
        RskpNetwork.Output<Tensor> out =
            network.forward(new EvaluationPass(), tensor(golden, Golden.get(video, "x")));
        close(Golden.get(video, "mu"), out.representatives().toDoubles(), "mu");
        close(Golden.get(video, "mu_pred"), out.memoryScores().softmax().toDoubles(), "mu_pred");
        RememberingLosses.update(out, labels(Golden.get(video, "labels"))).applyTo(bank);
      }
      close(Golden.get(video, "queue_score_after"), bank.scores(), "scores");
    }
    close(Golden.get(file, "queue_mu_after_init"), bank.vectors(), "vectors");
    close(Golden.get(file, "queue_score_after_init"), bank.scores(), "scores");
    return bank;
  }

  private void step(
      GoldenEngine golden,
      Parameters parameters,
      RskpNetwork network,
      MemoryBank filled,
      JsonNode step) {
    String name = Golden.get(step, "name").textValue();
    MemoryBank bank = new MemoryBank(classes, slots, width);
    if (!Golden.get(step, "queue_start").textValue().equals("zero")) {
      bank.restore(filled.vectors(), filled.scores());
    }
    RememberingLosses losses =
        new RememberingLosses(network, bank, Golden.get(step, "memory_index_bug").booleanValue());
    try (Tape tape = new Tape(golden.engine())) {
      TrainingPass pass = new TrainingPass(tape, new RandomKey(1, 2), false);
      RememberingLosses.Result result =
          losses.of(
              pass,
              pass.constant(tensor(golden, Golden.get(file, "step_x"))),
              labels(Golden.get(file, "step_labels")),
              true,
              RskpLosses.Weights.published(Golden.get(file, "spl_weight").doubleValue()));
      RskpLosses.Parts parts = result.losses();
      JsonNode expected = Golden.get(step, "losses");
      value(golden, expected, "fore", parts.foreground().value());
      value(golden, expected, "back", parts.background().value());
      value(golden, expected, "att", parts.attention().value());
      value(golden, expected, "spl", parts.propagation().value());
      value(golden, expected, "total", parts.total().value());
      RskpNetwork.Head<?> memory = result.memory();
      assertTrue(memory != null, name);
      close(
          Golden.get(step, "mem_ca"),
          result.memory().agnostic().softmax().value().toDoubles(),
          name + " mem_ca");
      close(
          Golden.get(step, "mem_logits"),
          result.memory().logits().value().toDoubles(),
          name + " mem_logits");
      Gradients gradients = tape.backward(parts.total());
      for (Parameter p : parameters.all()) {
        close(
            Golden.get(Golden.get(step, "grads"), NAMES.get(p.name())),
            GoldenWeights.asFile(p, pass.gradient(gradients, p)).toDoubles(),
            name + " gradient of " + p.name());
      }
    }
    close(Golden.get(step, "queue_score_after"), bank.scores(), name + " scores");
    checkVectors(Golden.get(step, "queue_mu_after"), Golden.get(step, "queue_score_after"), bank);
  }

  /** Slots of score 0 hold what they held, in any order among them. */
  private void checkVectors(JsonNode expected, JsonNode scores, MemoryBank bank) {
    int size = slots * width;
    expected
        .properties()
        .forEach(
            entry -> {
              int label = Integer.parseInt(entry.getKey());
              double[] found = Arrays.copyOfRange(bank.vectors(), label * size, (label + 1) * size);
              for (int q = 0; q < slots; q++) {
                if (scores.get(label).get(q).doubleValue() != 0) {
                  close(
                      entry.getValue().get(q),
                      Arrays.copyOfRange(found, q * width, (q + 1) * width),
                      "vectors of class " + label);
                }
              }
            });
  }

  private float[] labels(JsonNode indices) {
    float[] labels = new float[classes];
    for (int label : Golden.ints(indices)) {
      labels[label] = 1;
    }
    return labels;
  }

  private static void value(GoldenEngine golden, JsonNode expected, String key, Tensor found) {
    golden.checkValue(key, Golden.get(expected, key).doubleValue(), found.item());
  }

  /** The tolerances of gradients in double. */
  private static void close(JsonNode expected, double[] found, String what) {
    double[] values = flat(expected);
    assertEquals(values.length, found.length, what);
    for (int i = 0; i < found.length; i++) {
      assertEquals(values[i], found[i], 1e-9 + 1e-8 * Math.abs(values[i]), what + "[" + i + "]");
    }
  }

  private static double[] flat(JsonNode list) {
    if (list.size() > 0 && list.get(0).isArray()) {
      double[] all = new double[0];
      for (JsonNode each : list) {
        double[] one = flat(each);
        int from = all.length;
        all = Arrays.copyOf(all, from + one.length);
        System.arraycopy(one, 0, all, from, one.length);
      }
      return all;
    }
    return Golden.doubles(list);
  }

  private static Tensor tensor(GoldenEngine golden, JsonNode rows) {
    boolean matrix = rows.get(0).isArray();
    double[] values = flat(rows);
    return matrix
        ? golden.engine().tensor(values, rows.size(), values.length / rows.size())
        : golden.engine().tensor(values, values.length);
  }
}
