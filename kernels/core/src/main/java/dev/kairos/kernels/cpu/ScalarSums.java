// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import java.util.Arrays;

/**
 * Sums of many elements without any vector type: {@link #PARTIAL_SUMS} interleaved partial sums,
 * added up in a fixed tree, as vectors do it.
 */
final class ScalarSums {
  static final int PARTIAL_SUMS = 16;

  private ScalarSums() {}

  static float sum(float[] x, int xo, int n, float[] partial) {
    Arrays.fill(partial, 0f);
    int bound = n - n % PARTIAL_SUMS;
    for (int i = xo; i < xo + bound; i += PARTIAL_SUMS) {
      for (int lane = 0; lane < PARTIAL_SUMS; lane++) {
        partial[lane] += x[i + lane];
      }
    }
    for (int i = bound; i < n; i++) {
      partial[i - bound] += x[xo + i];
    }
    return tree(partial);
  }

  static float dot(float[] x, int xo, float[] y, int yo, int n, float[] partial) {
    Arrays.fill(partial, 0f);
    int bound = n - n % PARTIAL_SUMS;
    for (int i = 0; i < bound; i += PARTIAL_SUMS) {
      for (int lane = 0; lane < PARTIAL_SUMS; lane++) {
        partial[lane] += x[xo + i + lane] * y[yo + i + lane];
      }
    }
    for (int i = bound; i < n; i++) {
      partial[i - bound] += x[xo + i] * y[yo + i];
    }
    return tree(partial);
  }

  static float tree(float[] partial) {
    for (int half = PARTIAL_SUMS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        partial[i] += partial[i + half];
      }
    }
    return partial[0];
  }
}
