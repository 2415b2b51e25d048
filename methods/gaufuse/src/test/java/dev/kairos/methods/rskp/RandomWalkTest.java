// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomWalkTest {
  private static Tensor random(Engine engine, Random random, int rows, int columns) {
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return engine.tensor(values, rows, columns);
  }

  /** {@code (1-w) (I - w^2 Z'N)^-1 (w Z' mu + x)} by the T by T system, as the paper writes it. */
  private static Tensor direct(Engine engine, Tensor x, Tensor mu, double sharpness, double w) {
    int t = x.shape().size(0);
    Tensor cosines = x.l2Normalize(1e-9).matmul(mu.l2Normalize(1e-9).transpose(0, 1));
    Tensor z = cosines.multiply(sharpness).softmax(); // [T,K]
    Tensor n = z.divide(z.sum(true, 0).add(1e-9));
    Tensor affinity = z.matmul(n.transpose(0, 1)); // [T,T]
    double[] unit = new double[t * t];
    for (int i = 0; i < t; i++) {
      unit[i * t + i] = 1;
    }
    Tensor system = engine.tensor(unit, t, t).subtract(affinity.multiply(w * w));
    Tensor right = z.matmul(mu).multiply(w).add(x);
    return system.reshape(1, t, t).solve(right.reshape(1, t, -1)).reshape(t, -1).multiply(1 - w);
  }

  @Test
  void theSmallSystemGivesWhatTheLargeOneGives() {
    try (Engine engine = Engine.open("reference", 1)) {
      Random random = new Random(7);
      for (int round = 0; round < 40; round++) {
        int width = 1 + random.nextInt(9);
        int snippets = 1 + random.nextInt(25);
        int count = 1 + random.nextInt(12); // also more than there are snippets
        double walk = 0.05 + 0.9 * random.nextDouble();
        RskpNetwork network =
            new RskpNetwork(
                new Parameters(engine, new RandomKey(round, 1)),
                width,
                2,
                new RskpNetwork.Options(width, 3, 2, 5, walk, 20, 0));
        try (Scope scope = engine.scope()) {
          Tensor x = random(engine, random, snippets, width);
          // The memory bank begins with zeros, whose direction is none.
          Tensor mu =
              round % 4 == 0
                  ? random(engine, random, count, width).multiply(0)
                  : random(engine, random, count, width);
          double[] expected = direct(engine, x, mu, 5, walk).toDoubles();
          double[] found = network.propagate(x, mu).toDoubles();
          assertEquals(expected.length, found.length);
          for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], 1e-9 * Math.max(1, Math.abs(expected[i])));
          }
        }
      }
    }
  }

  /** Snippets that all are alike stay where they are: they are their own representatives. */
  @Test
  void equalSnippetsStay() {
    try (Engine engine = Engine.open("reference", 1)) {
      RskpNetwork network =
          new RskpNetwork(
              new Parameters(engine, new RandomKey(1, 1)),
              4,
              2,
              RskpNetwork.Options.published(4).withDropout(0));
      try (Scope scope = engine.scope()) {
        Tensor x = engine.tensor(new double[] {1, 2, 0, 1, 1, 2, 0, 1, 1, 2, 0, 1}, 3, 4);
        double[] found = network.propagate(x, x.narrow(0, 0, 1)).toDoubles();
        double[] values = x.toDoubles();
        // (1-w) (1 + w) / (1 - w^2) = 1
        for (int i = 0; i < values.length; i++) {
          assertEquals(values[i], found[i], 1e-8);
        }
      }
    }
  }
}
