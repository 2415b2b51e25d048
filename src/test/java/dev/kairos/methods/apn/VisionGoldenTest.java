// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.golden.OnEveryBackend;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.io.IOException;

/** {@code e_vision.json}: the encoder of proposals, outputs and all gradients. */
class VisionGoldenTest {
  @OnEveryBackend
  void outputsAndGradientsAgree(String backend) throws IOException {
    JsonNode golden = ApnJson.file("e_vision.json");
    assertEquals(1e-5, Golden.get(golden, "ln_eps").doubleValue());
    try (Engine engine = Engine.open(backend, 2);
        Tape tape = new Tape(engine)) {
      Parameters parameters = new Parameters(engine, new RandomKey(1, 0));
      ProposalEncoder encoder =
          new ProposalEncoder(
              parameters,
              number(golden, "D"),
              number(golden, "M"),
              number(golden, "E"),
              new ProposalEncoder.Sizes(
                  number(golden, "N"),
                  number(golden, "W"),
                  number(golden, "heads"),
                  number(golden, "layers"),
                  number(golden, "H_mlp"),
                  ProposalEncoder.Pooling.MEAN));
      ApnJson.load(parameters, Golden.get(golden, "params"), ApnJson.path("e_vision.json"));
      Tensor input = ApnJson.tensor(engine, Golden.get(golden, "x"));
      EvaluationPass evaluation = new EvaluationPass();
      ApnJson.assertOutput(
          Golden.get(golden, "tokens_ln_post"),
          encoder.tokens(evaluation, encoder.map(evaluation, input)),
          "tokens");

      TrainingPass pass = new TrainingPass(tape, new RandomKey(1, 1));
      Variable x = tape.leaf(input);
      ProposalEncoder.Output<Variable> found = encoder.forward(pass, encoder.map(pass, x));
      ApnJson.assertOutput(Golden.get(golden, "logits"), found.logits().value(), "logits");
      ApnJson.assertOutput(Golden.get(golden, "x_v"), found.vision().value(), "x_v");
      Variable logits =
          found.logits().multiply(pass.constant(tensor(engine, golden, "G_logits"))).sum();
      Variable vision =
          found.vision().multiply(pass.constant(tensor(engine, golden, "G_xv"))).sum();
      Gradients gradients = tape.backward(logits.add(vision));
      ApnJson.assertGradient(Golden.get(golden, "grad_x"), gradients.of(x), "x");
      JsonNode slopes = Golden.get(golden, "grad_params");
      for (Parameter parameter : parameters.all()) {
        ApnJson.assertGradient(
            Golden.get(slopes, parameter.name()), parameter, pass.gradient(gradients, parameter));
      }
    }
  }

  private static Tensor tensor(Engine engine, JsonNode golden, String key) {
    return ApnJson.tensor(engine, Golden.get(golden, key));
  }

  private static int number(JsonNode golden, String key) {
    return Golden.get(golden, key).intValue();
  }
}
