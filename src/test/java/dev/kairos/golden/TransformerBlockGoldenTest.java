// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.layer.TransformerBlock;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code apn/e_block.json}: one transformer block, its output and all its gradients. */
class TransformerBlockGoldenTest {
  @OnEveryBackend
  void outputAndGradientsAgree(String backend) throws IOException {
    for (String mode : List.of("nomask", "causal")) {
      outputAndGradientsAgree(backend, mode);
    }
  }

  private static void outputAndGradientsAgree(String backend, String mode) throws IOException {
    Path file = ApnJson.path("e_block.json");
    JsonNode golden = GoldenFolder.json(file);
    try (Engine engine = Engine.open(backend, 2);
        Tape tape = new Tape(engine)) {
      Parameters parameters = new Parameters(engine, new RandomKey(1, 0));
      TransformerBlock block =
          new TransformerBlock(
              parameters,
              Golden.get(golden, "W").intValue(),
              Golden.get(golden, "heads").intValue(),
              1);
      ApnJson.load(parameters, Golden.get(golden, "params"), file);
      Tensor input = ApnJson.tensor(engine, Golden.get(golden, "x"));
      @Nullable Tensor mask = mode.equals("causal") ? causal(engine, input.shape().size(1)) : null;
      JsonNode output = Golden.get(golden, "y_" + mode);
      ApnJson.assertOutput(output, block.forward(new EvaluationPass(), input, mask), "y");

      TrainingPass pass = new TrainingPass(tape, new RandomKey(1, 1));
      Variable x = tape.leaf(input);
      Variable y = block.forward(pass, x, mask);
      ApnJson.assertOutput(output, y.value(), "y in training");
      Gradients gradients = tape.backward(y, ApnJson.tensor(engine, Golden.get(golden, "G")));
      JsonNode slope = Golden.get(golden, "grad_x_" + mode);
      ApnJson.assertGradient(slope, gradients.of(x), "gradient of x");
      JsonNode slopes = Golden.get(golden, "grad_params_" + mode);
      assertEquals(parameters.all().size(), slopes.size());
      for (Parameter parameter : parameters.all()) {
        ApnJson.assertGradient(
            Golden.get(slopes, parameter.name()), parameter, pass.gradient(gradients, parameter));
      }
    }
  }

  private static Tensor causal(Engine engine, int time) {
    double[] mask = new double[time * time];
    for (int i = 0; i < time; i++) {
      Arrays.fill(mask, i * time + i + 1, (i + 1) * time, Double.NEGATIVE_INFINITY);
    }
    return engine.tensor(mask, time, time);
  }
}
