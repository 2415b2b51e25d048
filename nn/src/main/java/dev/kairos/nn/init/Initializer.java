// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.init;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Gives a parameter its initial values. */
@FunctionalInterface
public interface Initializer {
  /**
   * The values in row order.
   *
   * @param count how many
   * @param random where to draw from; the same generator gives the same values
   */
  double[] values(int count, RandomGenerator random);

  /** Zeros. */
  static Initializer zeros() {
    return constant(0);
  }

  /** One value throughout. */
  static Initializer constant(double value) {
    return (count, random) -> {
      double[] values = new double[count];
      Arrays.fill(values, value);
      return values;
    };
  }

  /** Uniform in {@code [-bound, bound)}. */
  static Initializer uniform(double bound) {
    return (count, random) -> {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = (2 * random.nextDouble() - 1) * bound;
      }
      return values;
    };
  }

  /** Normal around 0, by the method of Box and Muller. */
  static Initializer normal(double deviation) {
    return (count, random) -> {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        values[i] = deviation * radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
      }
      return values;
    };
  }

  /**
   * PyTorch's default for linear and convolution layers, weight and bias: uniform in {@code
   * +-1/sqrt(fanIn)}.
   *
   * @param fanIn inputs of one output: input channels times kernel
   */
  static Initializer fanIn(int fanIn) {
    if (fanIn < 1) {
      throw new IllegalArgumentException("initializer: fan-in must be at least 1: " + fanIn);
    }
    return uniform(1 / Math.sqrt(fanIn));
  }

  /**
   * Glorot and Bengio (2010), equation 16: uniform in {@code +-sqrt(6 / (fanIn + fanOut))}.
   *
   * @param fanIn inputs of one output
   * @param fanOut outputs of one input
   */
  static Initializer xavierUniform(int fanIn, int fanOut) {
    if (fanIn < 1 || fanOut < 1) {
      throw new IllegalArgumentException(
          "initializer: fan-in and fan-out must be at least 1: " + fanIn + ", " + fanOut);
    }
    return uniform(Math.sqrt(6.0 / (fanIn + fanOut)));
  }
}
