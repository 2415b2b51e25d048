// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.MapFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorMathTest {
  /** Apart by a prime, so that all exponents and many mantissas come up. */
  private static final int STEP = 1999;

  private static final int CHUNK = 4096;

  private final VectorLoops loops = new VectorLoops();

  /** Samples of all floats, in the order of their bits, against the double-precision definition. */
  @ParameterizedTest
  @CsvSource({"EXP, 1.05", "LOG, 1.05", "SIGMOID, 2.5", "TANH, 1.5", "SOFTPLUS, 3", "SQRT, 0.5"})
  void isAccurateOverTheWholeRange(MapFunction f, double ulps) {
    float[] x = new float[CHUNK];
    float[] y = new float[CHUNK];
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += (long) STEP * CHUNK) {
      for (int i = 0; i < CHUNK; i++) {
        x[i] = Float.intBitsToFloat((int) (bits + (long) STEP * i));
      }
      loops.map(f, 0, 0, x, 0, y, 0, CHUNK);
      for (int i = 0; i < CHUNK; i++) {
        check(f, x[i], y[i], ulps);
      }
    }
  }

  /** Where functions are used most, float by float. */
  @ParameterizedTest
  @CsvSource({
    "EXP, 1.05, -0.75",
    "LOG, 1.05, 0.97",
    "SIGMOID, 2.5, -3.45",
    "TANH, 1.5, 0.62",
    "SOFTPLUS, 3, -1.28"
  })
  void isAccurateFloatByFloat(MapFunction f, double ulps, float from) {
    float[] x = new float[1 << 18];
    float[] y = new float[x.length];
    x[0] = from;
    for (int i = 1; i < x.length; i++) {
      x[i] = Math.nextUp(x[i - 1]);
    }
    loops.map(f, 0, 0, x, 0, y, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      check(f, x[i], y[i], ulps);
    }
  }

  private static void check(MapFunction f, float x, float actual, double ulps) {
    double exact = f.apply(x, 0, 0);
    float expected = (float) exact;
    if (Float.isNaN(expected) || Float.isInfinite(expected) || expected == 0) {
      assertEquals(expected, actual, () -> f + " of " + x);
      return;
    }
    double error = Math.abs(actual - exact) / Math.ulp(expected);
    assertTrue(error <= ulps, () -> f + " of " + x + ": expected " + exact + ", actual " + actual);
  }

  @ParameterizedTest
  @CsvSource({
    "EXP, 0, 1",
    "EXP, -0.0, 1",
    "EXP, Infinity, Infinity",
    "EXP, -Infinity, 0",
    "EXP, NaN, NaN",
    "EXP, 88.8, Infinity",
    "EXP, -103.9, 1.4e-45",
    "EXP, -104.5, 0",
    "LOG, 1, 0",
    "LOG, 0, -Infinity",
    "LOG, -0.0, -Infinity",
    "LOG, -1, NaN",
    "LOG, NaN, NaN",
    "LOG, Infinity, Infinity",
    "LOG, -Infinity, NaN",
    "LOG, 1.4e-45, -103.27893",
    "SIGMOID, Infinity, 1",
    "SIGMOID, -Infinity, 0",
    "SIGMOID, 0, 0.5",
    "SIGMOID, NaN, NaN",
    "TANH, Infinity, 1",
    "TANH, -Infinity, -1",
    "TANH, 0, 0",
    "TANH, -0.0, -0.0",
    "TANH, NaN, NaN",
    "TANH, 1.4e-45, 1.4e-45",
    "SOFTPLUS, Infinity, Infinity",
    "SOFTPLUS, -Infinity, 0",
    "SOFTPLUS, NaN, NaN",
    "SOFTPLUS, 1000, 1000"
  })
  void knowsTheEnds(MapFunction f, float x, float expected) {
    float[] y = new float[1];
    loops.map(f, 0, 0, new float[] {x}, 0, y, 0, 1);
    assertEquals(expected, y[0]);
  }
}
