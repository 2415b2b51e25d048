// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DualActiveSetTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private final DualActiveSet set = new DualActiveSet();
  private double[][] hessian = new double[0][];
  private int k;
  private int m;

  /** A random problem with 0 inside its bounds; half of its rows are multiples of others. */
  private void pose(SplittableRandom random) {
    k = 1 + random.nextInt(6);
    m = random.nextInt(7);
    set.reserve(k, m);
    hessian = new double[k][k];
    for (int n = 0; n < k; n++) {
      double[] v = vector(random);
      for (int i = 0; i < k; i++) {
        hessian[i][i] += n == 0 ? 0.1 : 0;
        for (int j = 0; j < k; j++) {
          hessian[i][j] += v[i] * v[j];
        }
      }
    }
    for (int i = 0; i < k; i++) {
      System.arraycopy(hessian[i], 0, set.hessian.data, i * k, k);
      set.gradient[i] = 6 * random.nextDouble() - 3;
    }
    for (int i = 0; i < m; i++) {
      boolean again = i > 0 && random.nextBoolean();
      double[] row = vector(random);
      for (int j = 0; j < k; j++) {
        set.rows[i * k + j] = again ? -2 * set.rows[(i - 1) * k + j] : row[j];
      }
    }
    for (int c = 0; c < k + m; c++) {
      boolean equation = c >= k && random.nextInt(8) == 0;
      set.low[c] = equation || random.nextInt(3) == 0 ? 0 : -random.nextDouble();
      set.high[c] = equation ? 0 : random.nextInt(3) == 0 ? INFINITE : random.nextDouble();
    }
  }

  private double[] vector(SplittableRandom random) {
    double[] v = new double[k];
    for (int j = 0; j < k; j++) {
      v[j] = 2 * random.nextDouble() - 1;
    }
    return v;
  }

  private double product(int c, double[] t) {
    double sum = 0;
    for (int j = 0; j < k; j++) {
      sum += (c < k ? (c == j ? 1 : 0) : set.rows[(c - k) * k + j]) * t[j];
    }
    return sum;
  }

  /** From the minimum the quadratic rises towards every point that keeps the bounds. */
  @Test
  void noAllowedPointIsLower() {
    int held = 0;
    for (long seed = 0; seed < 400; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      pose(random);
      String what = "seed " + seed;
      assertTrue(set.run(1), what);
      for (int c = 0; c < k + m; c++) {
        double value = product(c, set.t);
        assertTrue(value >= set.low[c] - 1e-9 && value <= set.high[c] + 1e-9, what);
        if (set.side[c] != 0) {
          assertEquals(set.side[c] < 0 ? set.low[c] : set.high[c], value, 1e-9, what);
          held++;
        }
      }
      double[] slope = new double[k];
      for (int i = 0; i < k; i++) {
        slope[i] = set.gradient[i];
        for (int j = 0; j < k; j++) {
          slope[i] += hessian[i][j] * set.t[j];
        }
      }
      for (int n = 0; n < 300; n++) {
        double[] other = allowed(n == 0 ? new double[k] : vector(random));
        double rise = 0;
        for (int j = 0; j < k; j++) {
          rise += slope[j] * (other[j] - set.t[j]);
        }
        assertTrue(rise >= -1e-9, what + ": " + rise);
      }
    }
    assertTrue(held > 400, "bounds that hold the minimum back: " + held);
  }

  /** The farthest point in a direction. */
  private double[] allowed(double[] direction) {
    double most = 10;
    for (int c = 0; c < k + m; c++) {
      double speed = product(c, direction);
      if (speed != 0) {
        most = Math.min(most, (speed > 0 ? set.high[c] : set.low[c]) / speed);
      }
    }
    double[] point = new double[k];
    for (int j = 0; j < k; j++) {
      point[j] = most * direction[j];
    }
    return point;
  }

  @Test
  void saysIfTheQuadraticIsNotConvex() {
    k = 2;
    m = 0;
    set.reserve(k, m);
    for (int i = 0; i < 4; i++) {
      set.hessian.data[i] = 1 + i % 3;
    }
    assertFalse(set.run(1));
  }
}
