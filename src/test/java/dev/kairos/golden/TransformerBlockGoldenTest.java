// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.Checkpoint;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.layer.TransformerBlock;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code apn/e_block.json}: one transformer block, its output and all its gradients. */
class TransformerBlockGoldenTest {
  /** How far numbers may be off: of the larger of 1 and the expected, or of the largest. */
  private record Tolerance(double forward, double gradient, boolean ofLargest) {}

  private static final Tolerance DOUBLE = new Tolerance(1e-9, 1e-8, false);
  private static final Tolerance SINGLE = new Tolerance(1e-4, 1e-3, true);

  @ParameterizedTest
  @CsvSource({
    "reference, nomask", "reference, causal",
    "scalar, nomask", "scalar, causal",
    "cpu, nomask", "cpu, causal"
  })
  void outputAndGradientsAgree(String backend, String mode) throws IOException {
    Path file = GoldenFolder.of("apn").resolve("e_block.json");
    JsonNode golden = GoldenFolder.json(file);
    Tolerance tolerance = backend.equals("reference") ? DOUBLE : SINGLE;
    try (Engine engine = Engine.open(backend, 2);
        Tape tape = new Tape(engine)) {
      Parameters parameters = new Parameters(engine, new RandomKey(1, 0));
      TransformerBlock block =
          new TransformerBlock(
              parameters,
              Golden.get(golden, "W").intValue(),
              Golden.get(golden, "heads").intValue(),
              1);
      Map<String, NpyArray> weights = new LinkedHashMap<>();
      Golden.get(golden, "params")
          .properties()
          .forEach(each -> weights.put(each.getKey(), array(each.getValue())));
      assertEquals(parameters.byName().keySet(), weights.keySet());
      Checkpoint.load(parameters, weights, file);
      Tensor input = tensor(engine, Golden.get(golden, "x"));
      @Nullable Tensor mask = mode.equals("causal") ? causal(engine, input.shape().size(1)) : null;
      JsonNode output = Golden.get(golden, "y_" + mode);
      assertClose(output, block.forward(new EvaluationPass(), input, mask), tolerance, false, "y");

      TrainingPass pass = new TrainingPass(tape, new RandomKey(1, 1));
      Variable x = tape.leaf(input);
      Variable y = block.forward(pass, x, mask);
      assertClose(output, y.value(), tolerance, false, "y in training");
      Gradients gradients = tape.backward(y, tensor(engine, Golden.get(golden, "G")));
      JsonNode slope = Golden.get(golden, "grad_x_" + mode);
      assertClose(slope, gradients.of(x), tolerance, true, "gradient of x");
      JsonNode slopes = Golden.get(golden, "grad_params_" + mode);
      assertEquals(weights.size(), slopes.size());
      for (Parameter parameter : parameters.all()) {
        Tensor found = pass.gradient(gradients, parameter);
        assertClose(
            Golden.get(slopes, parameter.name()),
            parameter.layout() == FileLayout.LINEAR ? found.transpose(0, 1) : found,
            tolerance,
            true,
            "gradient of " + parameter);
      }
    }
  }

  private static NpyArray array(JsonNode node) {
    return NpyArray.ofDoubles(
        Golden.doubles(Golden.get(node, "data")), Golden.ints(Golden.get(node, "shape")));
  }

  private static Tensor tensor(Engine engine, JsonNode node) {
    NpyArray array = array(node);
    return engine.tensor(array.toDoubles(), array.shape());
  }

  private static Tensor causal(Engine engine, int time) {
    double[] mask = new double[time * time];
    for (int i = 0; i < time; i++) {
      Arrays.fill(mask, i * time + i + 1, (i + 1) * time, Double.NEGATIVE_INFINITY);
    }
    return engine.tensor(mask, time, time);
  }

  private static void assertClose(
      JsonNode expected, Tensor found, Tolerance tolerance, boolean gradient, String what) {
    NpyArray array = array(expected);
    assertArrayEquals(array.shape(), found.shape().sizes(), what);
    double[] right = array.toDoubles();
    double[] values = found.toDoubles();
    double largest = Arrays.stream(right).map(Math::abs).max().orElseThrow();
    double part = gradient ? tolerance.gradient() : tolerance.forward();
    for (int i = 0; i < right.length; i++) {
      double scale = tolerance.ofLargest() ? largest : Math.max(1, Math.abs(right[i]));
      if (!(Math.abs(right[i] - values[i]) <= part * scale)) {
        fail(what + "[" + i + "]: expected " + right[i] + ", found " + values[i]);
      }
    }
  }
}
