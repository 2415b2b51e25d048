// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.autograd.check.GradCheck;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.Trial;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
  private static final int ENTRIES = 5;
  private static final int WIDTH = 3;

  private final Engine engine = Engine.open("reference", 1);
  private final Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
  private final Embedding layer = new Embedding(parameters, ENTRIES, WIDTH);

  @Test
  void givesTheRowsOfItsTable() {
    int[] entries = {4, 0, 4, 2};
    Tensor found = layer.forward(new EvaluationPass(), entries);
    double[] table = Trial.weight(parameters, "weight");
    double[] expected = new double[entries.length * WIDTH];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = table[entries[i / WIDTH] * WIDTH + i % WIDTH];
    }
    assertArrayEquals(new int[] {4, WIDTH}, found.shape().sizes());
    assertArrayEquals(expected, found.toDoubles());
  }

  @Test
  void anEntryAskedForTwiceHasBothGradients() {
    int[] entries = {1, 3, 1};
    try (Tape tape = new Tape(engine)) {
      TrainingPass pass = new TrainingPass(tape, new RandomKey(1, 2));
      Variable y = layer.forward(pass, entries);
      Tensor pull = engine.tensor(new double[] {1, 2, 3, 4, 5, 6, 10, 20, 30}, 3, WIDTH);
      assertArrayEquals(
          new double[] {0, 0, 0, 11, 22, 33, 0, 0, 0, 4, 5, 6, 0, 0, 0},
          pass.gradient(tape.backward(y, pull), parameters.all().get(0)).toDoubles());
    }
    GradCheck.verify(
        engine,
        List.of(engine.tensor(new double[1], 1), parameters.all().get(0).value()),
        v -> layer.forward(Trial.substituted(parameters, v), entries).square(),
        new RandomKey(3, 0),
        1e-6);
  }

  @Test
  void refusesAnEntryItDoesNotHave() {
    for (int bad : new int[] {-1, ENTRIES, Integer.MAX_VALUE}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> layer.forward(new EvaluationPass(), 0, bad));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains(String.valueOf(bad)) && message.contains("5"), message);
    }
  }
}
