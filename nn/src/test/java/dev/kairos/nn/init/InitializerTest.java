// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.init;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private static final int COUNT = 100_000;

  private static double[] draw(Initializer initializer) {
    return initializer.values(COUNT, Philox.generator(new RandomKey(42, 7)));
  }

  /** The mean of a power of the values. */
  private static double moment(double[] values, int power) {
    return Arrays.stream(values).map(v -> Math.pow(v, power)).average().orElseThrow();
  }

  private static void assertUniform(double bound, Initializer initializer) {
    double[] values = draw(initializer);
    for (double value : values) {
      assertTrue(value >= -bound && value < bound, () -> value + " beyond " + bound);
    }
    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    assertTrue(largest > 0.999 * bound, () -> "largest " + largest);
    double sigma = bound / Math.sqrt(3);
    assertEquals(0, moment(values, 1), 5 * sigma / Math.sqrt(COUNT));
    assertEquals(1.0 / 3, moment(values, 2) / (bound * bound), 0.01);
    assertEquals(1.0 / 5, moment(values, 4) / Math.pow(bound, 4), 0.01);
  }

  @Test
  void uniformFillsItsBounds() {
    assertUniform(0.3, Initializer.uniform(0.3));
    assertUniform(0.25, Initializer.fanIn(16));
    assertUniform(Math.sqrt(6.0 / 54), Initializer.xavierUniform(30, 24));
  }

  @Test
  void normalHasTheMomentsOfItsDeviation() {
    double[] values = draw(Initializer.normal(0.02));
    double scale = 0.02;
    assertEquals(0, moment(values, 1) / scale, 5 / Math.sqrt(COUNT));
    assertEquals(1, moment(values, 2) / (scale * scale), 0.03);
    assertEquals(0, moment(values, 3) / Math.pow(scale, 3), 0.06);
    assertEquals(3, moment(values, 4) / Math.pow(scale, 4), 0.2);
    double within = Arrays.stream(values).filter(v -> Math.abs(v) < scale).count();
    assertEquals(0.6827, within / COUNT, 0.01);
    assertTrue(Arrays.stream(values).allMatch(Double::isFinite));
    double product = 0;
    for (int i = 1; i < COUNT; i++) {
      product += values[i] * values[i - 1] / (scale * scale) / COUNT;
    }
    assertEquals(0, product, 5 / Math.sqrt(COUNT), "neighbours are independent");
  }

  @Test
  void constantsAreConstant() {
    assertArrayEquals(
        new double[] {2.5, 2.5}, Initializer.constant(2.5).values(2, Philox.generator(key(1))));
    assertArrayEquals(new double[3], Initializer.zeros().values(3, Philox.generator(key(1))));
  }

  @Test
  void theSameGeneratorGivesTheSameValuesAndAnotherGivesOthers() {
    for (Initializer each : new Initializer[] {Initializer.uniform(1), Initializer.normal(1)}) {
      double[] first = each.values(50, Philox.generator(key(1)));
      assertArrayEquals(first, each.values(50, Philox.generator(key(1))));
      double[] shorter = each.values(20, Philox.generator(key(1)));
      assertArrayEquals(Arrays.copyOf(first, 20), shorter);
      double[] other = each.values(50, Philox.generator(key(2)));
      assertEquals(0, first.length - differing(first, other));
    }
  }

  @Test
  void refusesAFanOfNothing() {
    assertThrows(IllegalArgumentException.class, () -> Initializer.fanIn(0));
    assertThrows(IllegalArgumentException.class, () -> Initializer.fanIn(-3));
    assertThrows(IllegalArgumentException.class, () -> Initializer.xavierUniform(0, 0));
    assertThrows(IllegalArgumentException.class, () -> Initializer.xavierUniform(3, -4));
  }

  private static int differing(double[] first, double[] second) {
    int count = 0;
    for (int i = 0; i < first.length; i++) {
      count += first[i] == second[i] ? 0 : 1;
    }
    return count;
  }

  private static RandomKey key(long stream) {
    return new RandomKey(42, stream);
  }
}
