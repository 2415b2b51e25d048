// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.sbhar;

/**
 * What one window of a three-axis motion sensor looks like, in 84 numbers.
 *
 * <p>Four channels x, y, z and magnitude {@code sqrt(x^2 + y^2 + z^2)}, each with 21 values: mean,
 * standard deviation (population), minimum, maximum, last minus first, and {@code log(1 + |F_k|)}
 * for k = 1..16, where F is the discrete Fourier transform of the window less its mean times the
 * symmetric Hann window {@code 0.5 - 0.5 cos(2 pi n / 127)}.
 */
final class WindowFeatures {
  /** Samples in a window. */
  static final int WINDOW = 128;

  /** Values for each window. */
  static final int WIDTH = 84;

  private static final int BINS = 16;
  private static final int PER_CHANNEL = 5 + BINS;

  private final double[] hann = new double[WINDOW];
  private final double[] cosine = new double[WINDOW];
  private final double[] sine = new double[WINDOW];
  private final double[] channel = new double[WINDOW];

  WindowFeatures() {
    for (int n = 0; n < WINDOW; n++) {
      hann[n] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * n / (WINDOW - 1));
      cosine[n] = StrictMath.cos(2 * Math.PI * n / WINDOW);
      sine[n] = StrictMath.sin(2 * Math.PI * n / WINDOW);
    }
  }

  /**
   * The values of the window {@code [centre - 64, centre + 64)}. Samples before the first and after
   * the last are taken to be equal to those.
   *
   * @param signal {@code [N, 3]} row by row, N at least 1
   * @param centre a sample index
   * @param target receives {@value #WIDTH} values from {@code offset} on
   */
  void compute(double[] signal, int centre, double[] target, int offset) {
    int last = signal.length / 3 - 1;
    for (int c = 0; c < 4; c++) {
      for (int n = 0; n < WINDOW; n++) {
        int row = 3 * Math.max(0, Math.min(last, centre - WINDOW / 2 + n));
        channel[n] = c < 3 ? signal[row + c] : magnitude(signal, row);
      }
      describe(target, offset + c * PER_CHANNEL);
    }
  }

  private static double magnitude(double[] signal, int row) {
    double x = signal[row];
    double y = signal[row + 1];
    double z = signal[row + 2];
    return Math.sqrt(x * x + y * y + z * z);
  }

  private void describe(double[] target, int offset) {
    double sum = 0;
    double min = channel[0];
    double max = channel[0];
    for (double value : channel) {
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    double mean = sum / WINDOW;
    target[offset + 2] = min;
    target[offset + 3] = max;
    target[offset + 4] = channel[WINDOW - 1] - channel[0];
    double squares = 0;
    for (int n = 0; n < WINDOW; n++) {
      double deviation = channel[n] - mean;
      squares += deviation * deviation;
      channel[n] = deviation * hann[n];
    }
    target[offset] = mean;
    target[offset + 1] = Math.sqrt(squares / WINDOW);
    for (int k = 1; k <= BINS; k++) {
      target[offset + 4 + k] = StrictMath.log1p(amplitude(k));
    }
  }

  /** {@code |sum_n w_n exp(-2 pi i k n / 128)|} of the windowed channel. */
  private double amplitude(int k) {
    double real = 0;
    double imaginary = 0;
    for (int n = 0; n < WINDOW; n++) {
      int angle = (k * n) % WINDOW;
      real += channel[n] * cosine[angle];
      imaginary -= channel[n] * sine[angle];
    }
    return Math.sqrt(real * real + imaginary * imaginary);
  }
}
