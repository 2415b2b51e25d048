// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.init.Initializer;
import dev.kairos.nn.layer.Linear;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedWeightsTest {
  private static final RandomKey KEY = new RandomKey(5, 0);

  /** A network and its layer. */
  private record Net(Parameters parameters, Linear layer) {
    static Net on(Engine engine, RandomKey key) {
      Parameters parameters = new Parameters(engine, key);
      return new Net(parameters, new Linear(parameters.at("a"), 4, 3, true));
    }

    double[] of(Engine engine, float[] x) {
      Tensor in = engine.tensor(x, 1, 4);
      return layer.forward(new EvaluationPass(), in).toDoubles();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "reference"})
  void otherEnginesComputeTheSame(String backend) {
    float[] x = {1, -2, 3, -4};
    try (Engine engine = Engine.open(backend, 1);
        Engine second = Engine.open(backend, 1)) {
      Net net = Net.on(engine, KEY);
      SharedWeights weights = SharedWeights.of(net.parameters());
      double[] expected = net.of(engine, x);
      net.parameters().all().get(0).value().fill(0); // the weights are copies
      Net other = Net.on(second, new RandomKey(6, 0));
      weights.giveTo(other.parameters());
      assertArrayEquals(expected, other.of(second, x));
    }
  }

  @Test
  void allEnginesReadOneArray() {
    try (Engine engine = Engine.open("cpu", 1);
        Engine second = Engine.open("cpu", 1);
        Engine third = Engine.open("cpu", 1)) {
      SharedWeights weights = SharedWeights.of(Net.on(engine, KEY).parameters());
      Net one = Net.on(second, KEY);
      Net two = Net.on(third, KEY);
      weights.giveTo(one.parameters());
      weights.giveTo(two.parameters());
      Parameter weight = one.parameters().all().get(0);
      assertThrows(IllegalStateException.class, () -> weight.value().fill(0));
      assertArrayEquals(
          weight.value().toFloats(), two.parameters().all().get(0).value().toFloats());
    }
  }

  @Test
  void aNetworkOfAnotherShapeIsRefused() {
    try (Engine engine = Engine.open("cpu", 1)) {
      SharedWeights weights = SharedWeights.of(Net.on(engine, KEY).parameters());
      Parameters other = new Parameters(engine, KEY);
      new Linear(other.at("b"), 4, 3, true);
      var missing = assertThrows(IllegalArgumentException.class, () -> weights.giveTo(other));
      assertTrue(missing.getMessage().contains("b.weight"), missing.getMessage());
    }
  }

  @Test
  void firstValuesAreDrawnWhenTheyAreAskedFor() {
    List<String> drawn = new ArrayList<>();
    Initializer counting =
        (count, random) -> {
          drawn.add("drawn");
          return new double[count];
        };
    try (Engine engine = Engine.open("cpu", 1)) {
      Parameters parameters = new Parameters(engine, KEY);
      Parameter made = parameters.create("w", Shape.of(2), counting, FileLayout.SAME);
      assertEquals(List.of(), drawn);
      Parameters trained = new Parameters(engine, KEY);
      trained.create("w", Shape.of(2), Initializer.constant(3), FileLayout.SAME);
      SharedWeights.of(trained).giveTo(parameters);
      assertArrayEquals(new double[] {3, 3}, made.value().toDoubles());
      assertEquals(List.of(), drawn);
      Parameter other = parameters.create("v", Shape.of(2), counting, FileLayout.SAME);
      assertArrayEquals(new double[2], other.value().toDoubles());
      assertEquals(1, drawn.size());
    }
  }
}
