// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DenseSolveTest {

  private static double[] solve(int n, int m, double[] a, double... b) {
    DenseSolve.solveInPlace(n, m, a, b);
    return b;
  }

  @Test
  void twoByTwoByHand() {
    // x + 2y = 5, 3x + 4y = 11
    assertArrayEquals(new double[] {1, 2}, solve(2, 1, new double[] {1, 2, 3, 4}, 5, 11), 1e-14);
  }

  @Test
  void aZeroPivotIsPassedBy() {
    double[] a = {0, 1, 1, 0};
    assertArrayEquals(new double[] {3, 4, 1, 2}, solve(2, 2, a, 1, 2, 3, 4));
  }

  @Test
  void aTinyPivotIsPassedBy() {
    // Without pivoting x would come out as 0.
    double[] a = {1e-20, 1, 1, 1};
    assertArrayEquals(new double[] {1, 1}, solve(2, 1, a, 1, 2), 1e-14);
  }

  @Test
  void aSingularMatrixNamesTheColumn() {
    assertEquals(1, DenseSolve.solveInPlace(2, 1, new double[] {1, 2, 2, 4}, new double[2]));
    assertEquals(0, DenseSolve.solveInPlace(2, 1, new double[] {0, 2, 0, 4}, new double[2]));
    double infinite = Double.POSITIVE_INFINITY;
    assertEquals(-1, DenseSolve.solveInPlace(1, 1, new double[] {infinite}, new double[1]));
  }

  @Test
  void noUnknowns() {
    assertArrayEquals(new double[0], solve(0, 3, new double[0]));
    assertArrayEquals(new double[0], solve(2, 0, new double[] {1, 0, 0, 1}));
  }
}
