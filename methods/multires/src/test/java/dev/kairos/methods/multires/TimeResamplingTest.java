// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimeResamplingTest {
  private static final double EXACT = 1e-12;

  private static double[] resampled(TimeResampling how, double[] rows, int length) {
    try (Engine engine = Engine.open("reference", 1)) {
      Tensor x = engine.tensor(rows, 1, rows.length, 1);
      return how.apply(engine, x, length).toDoubles();
    }
  }

  @Test
  void lengthsAreRoundedDownAndNeverVanish() {
    assertEquals(28, TimeResampling.length(40, 0.7));
    assertEquals(750, TimeResampling.length(750, 1));
    assertEquals(1, TimeResampling.length(1, 0.5));
    assertEquals(1499, TimeResampling.length(750, 1.9999));
  }

  @Test
  void cornersStayWhereTheyAre() {
    double[] rows = {0, 10, 40};
    assertArrayEquals(
        new double[] {0, 5, 10, 25, 40}, resampled(TimeResampling.ALIGN_CORNERS, rows, 5), EXACT);
    assertArrayEquals(
        new double[] {0, 40}, resampled(TimeResampling.ALIGN_CORNERS, rows, 2), EXACT);
    assertArrayEquals(new double[] {0}, resampled(TimeResampling.ALIGN_CORNERS, rows, 1), EXACT);
    assertArrayEquals(rows, resampled(TimeResampling.ALIGN_CORNERS, rows, 3), EXACT);
    assertArrayEquals(
        new double[] {7, 7}, resampled(TimeResampling.ALIGN_CORNERS, new double[] {7}, 2), EXACT);
  }

  @Test
  void halfPixelCentresKeepTheLengthAndTheMiddle() {
    double[] rows = {0, 10, 40};
    assertArrayEquals(rows, resampled(TimeResampling.HALF_PIXEL, rows, 3), EXACT);
    assertArrayEquals(new double[] {10}, resampled(TimeResampling.HALF_PIXEL, rows, 1), EXACT);
  }

  /** The map is linear: {@code <up, A x>} must be {@code <A^T up, x>}. */
  @Test
  void theGradientIsTheTranspose() {
    long seed = 31;
    SplittableRandom random = new SplittableRandom(seed);
    try (Engine engine = Engine.open("reference", 1)) {
      for (TimeResampling how : TimeResampling.values()) {
        for (int length : new int[] {1, 3, 7, 11, 14}) {
          double[] values = random.doubles(2 * 7 * 3).toArray();
          double[] upstream = random.doubles(2L * length * 3).toArray();
          try (Tape tape = new Tape(engine)) {
            Variable x = tape.leaf(engine.tensor(values, 2, 7, 3));
            Variable y = how.apply(engine, x, length);
            Tensor up = engine.tensor(upstream, 2, length, 3);
            double[] back = tape.backward(y, up).of(x).toDoubles();
            assertEquals(
                dot(upstream, y.value().toDoubles()),
                dot(back, values),
                1e-10,
                how + " to " + length + ", seed " + seed);
          }
        }
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
