// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.layer.Conv1d;
import dev.kairos.nn.layer.Dropout;
import dev.kairos.nn.layer.Linear;
import dev.kairos.nn.optim.Adam;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.nn.optim.Schedule;
import dev.kairos.nn.optim.Sgd;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training that is stopped, saved, loaded elsewhere and resumed ends on the same bits. */
class ResumeTest {
  private static final int STOP = 3;
  private static final int STEPS = 8;

  @TempDir Path folder = Path.of("");

  /** A small network in training: everything that moves is a weight or the optimiser's state. */
  private static final class Training {
    private final Engine engine;
    private final Parameters parameters;
    private final Conv1d conv;
    private final Linear head;
    private final Optimizer optimizer;
    private final Schedule schedule = Schedule.cosine(0.05, 20).withWarmup(2);

    Training(Engine engine, String optimizer, long seed) {
      this.engine = engine;
      this.parameters = new Parameters(engine, new RandomKey(seed, 0));
      this.conv = Conv1d.same(parameters.at("conv"), 3, 6, 3);
      this.head = new Linear(parameters.at("head"), 6, 2, true);
      this.optimizer =
          switch (optimizer) {
            case "adam" -> new Adam(parameters, Adam.Options.defaults().withWeightDecay(0.01));
            case "adamw" -> new Adam(parameters, new Adam.Options(0.9, 0.99, 1e-8, 0.1, true));
            default -> new Sgd(parameters, 0.9, 0.01, true);
          };
    }

    void runTo(long end) {
      while (optimizer.steps() < end) {
        long number = optimizer.steps();
        RandomKey key = new RandomKey(40, 1).child(number);
        try (Tape tape = new Tape(engine)) {
          TrainingPass pass = new TrainingPass(tape, key);
          SplittableRandom random = new SplittableRandom(number);
          Variable x = tape.constant(Trial.tensor(engine, random, 2, 5, 3));
          Variable hidden = new Dropout(0.3).forward(pass, conv.forward(pass, x).relu());
          Variable loss = head.forward(pass, hidden).square().mean();
          Gradients gradients = tape.backward(loss);
          optimizer.step(p -> pass.gradient(gradients, p), schedule.at(number));
        }
      }
    }

    void save(Path file) throws IOException {
      Map<String, NpyArray> arrays = new LinkedHashMap<>(Checkpoint.arrays(parameters));
      optimizer.state().forEach((name, tensor) -> arrays.put(name, Checkpoint.array(tensor)));
      Safetensors.write(file, arrays, Map.of("steps", String.valueOf(optimizer.steps())));
    }

    void load(Path file) throws IOException {
      Map<String, NpyArray> arrays = Safetensors.read(file).tensors();
      Checkpoint.load(parameters, arrays, file);
      for (Map.Entry<String, Tensor> each : optimizer.state().entrySet()) {
        Checkpoint.load(each.getValue(), each.getKey(), arrays, file);
      }
      optimizer.resume(Long.parseLong(Safetensors.read(file).metadata().getOrDefault("steps", "")));
    }

    /** All weights and all state as bits. */
    long[] bits() {
      double[] all = new double[0];
      for (Parameter parameter : parameters.all()) {
        all = joined(all, parameter.value().toDoubles());
      }
      for (Tensor tensor : optimizer.state().values()) {
        all = joined(all, tensor.toDoubles());
      }
      return Arrays.stream(all).mapToLong(Double::doubleToLongBits).toArray();
    }

    private static double[] joined(double[] first, double[] second) {
      double[] both = Arrays.copyOf(first, first.length + second.length);
      System.arraycopy(second, 0, both, first.length, second.length);
      return both;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "reference, adam",
    "reference, sgd",
    "scalar, adam",
    "scalar, adamw",
    "scalar, sgd",
    "cpu, adam"
  })
  void goesOnAsIfNothingHadHappened(String backend, String optimizer) throws IOException {
    Path file = folder.resolve("state.safetensors");
    long[] undisturbed;
    try (Engine engine = Engine.open(backend, 1)) {
      Training training = new Training(engine, optimizer, 1);
      training.runTo(STOP);
      training.save(file);
      training.runTo(STEPS);
      undisturbed = training.bits();
    }
    try (Engine engine = Engine.open(backend, 3)) {
      Training training = new Training(engine, optimizer, 2);
      long[] fresh = training.bits();
      training.load(file);
      assertEquals(STOP, training.optimizer.steps());
      assertFalse(Arrays.equals(fresh, training.bits()));
      training.runTo(STEPS);
      assertArrayEquals(undisturbed, training.bits());
    }
  }
}
