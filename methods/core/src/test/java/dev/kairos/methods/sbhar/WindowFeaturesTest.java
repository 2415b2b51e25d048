// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.sbhar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WindowFeaturesTest {
  private static double[] compute(double[] signal, int centre) {
    double[] values = new double[WindowFeatures.WIDTH];
    new WindowFeatures().compute(signal, centre, values, 0);
    return values;
  }

  /** The value of channel c of the window around a sample, with the ends repeated. */
  private static double channel(double[] signal, int centre, int n, int c) {
    int row = Math.max(0, Math.min(signal.length / 3 - 1, centre - 64 + n));
    double x = signal[3 * row];
    double y = signal[3 * row + 1];
    double z = signal[3 * row + 2];
    return c < 3 ? signal[3 * row + c] : Math.sqrt(x * x + y * y + z * z);
  }

  @Test
  void followsTheFormulasAlsoAtTheEnds() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    double[] signal = new double[3 * 300];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = 2 * random.nextDouble() - 0.5;
    }
    for (int centre : new int[] {0, 12, 150, 236, 237, 299}) {
      double[] values = compute(signal, centre);
      for (int c = 0; c < 4; c++) {
        double mean = 0;
        double power = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < 128; n++) {
          double value = channel(signal, centre, n, c);
          mean += value / 128;
          power += value * value / 128;
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
        String where = "seed " + seed + ", centre " + centre + ", channel " + c;
        assertEquals(mean, values[21 * c], 1e-12, where);
        assertEquals(Math.sqrt(power - mean * mean), values[21 * c + 1], 1e-9, where);
        assertEquals(min, values[21 * c + 2], where);
        assertEquals(max, values[21 * c + 3], where);
        double first = channel(signal, centre, 0, c);
        assertEquals(channel(signal, centre, 127, c) - first, values[21 * c + 4], where);
        for (int k = 1; k <= 16; k++) {
          double real = 0;
          double imaginary = 0;
          for (int n = 0; n < 128; n++) {
            double hann = Math.pow(Math.sin(Math.PI * n / 127), 2);
            double value = (channel(signal, centre, n, c) - mean) * hann;
            real += value * Math.cos(2 * Math.PI * k * n / 128);
            imaginary += value * Math.sin(2 * Math.PI * k * n / 128);
          }
          double expected = Math.log(1 + Math.hypot(real, imaginary));
          assertEquals(expected, values[21 * c + 4 + k], 1e-9, where + ", bin " + k);
        }
      }
    }
  }

  @Test
  void aConstantSignalHasOnlyMeanAndExtremes() {
    double[] signal = new double[3 * 10];
    for (int i = 0; i < 10; i++) {
      signal[3 * i] = 3;
      signal[3 * i + 1] = -4;
    }
    double[] values = compute(signal, 5);
    assertEquals(3, values[0]);
    assertEquals(-4, values[21]);
    assertEquals(0, values[42]);
    assertEquals(5, values[63]);
    assertEquals(5, values[66]);
    for (int k = 0; k < 17; k++) {
      assertEquals(0, values[63 + 4 + k], 1e-12);
    }
  }

  @Test
  void aToneFallsIntoItsBin() {
    double[] signal = new double[3 * 128];
    for (int n = 0; n < 128; n++) {
      signal[3 * n] = Math.cos(2 * Math.PI * 5 * n / 128);
    }
    double[] values = compute(signal, 64);
    // Half the window's sum: 127 / 4.
    assertEquals(Math.log1p(127 / 4.0), values[4 + 5], 0.01);
    assertEquals(0, values[4 + 10], 0.02);
  }
}
