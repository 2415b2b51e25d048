// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ResamplingTest {

  /** Where an output row reads, as one number. */
  private static double position(Resampling r, int i) {
    return r.lower(i) + r.fraction(i) * (r.upper(i) - r.lower(i));
  }

  @Test
  void twiceAsManyRows() {
    Resampling r = new Resampling(3, 6);
    double[] expected = {0, 0.25, 0.75, 1.25, 1.75, 2};
    for (int i = 0; i < 6; i++) {
      assertEquals(expected[i], position(r, i), 1e-15, "row " + i);
    }
  }

  @Test
  void halfAsManyRows() {
    Resampling r = new Resampling(6, 3);
    double[] expected = {0.5, 2.5, 4.5};
    for (int i = 0; i < 3; i++) {
      assertEquals(expected[i], position(r, i), 1e-15, "row " + i);
    }
  }

  @Test
  void oneRowEverywhere() {
    Resampling r = new Resampling(1, 4);
    for (int i = 0; i < 4; i++) {
      assertEquals(0, r.lower(i));
      assertEquals(0, r.upper(i));
      assertEquals(0, r.fraction(i), "row " + i);
    }
  }

  /** No weight is spent on a row beyond the last. */
  @Test
  void theLastRowsReadTheLastRowAlone() {
    Resampling r = new Resampling(3, 12);
    for (int i = 10; i < 12; i++) {
      assertEquals(2, r.lower(i));
      assertEquals(2, r.upper(i));
      assertEquals(0, r.fraction(i), "row " + i);
    }
  }

  @Test
  void theSameLengthReadsRowByRow() {
    for (int n = 1; n < 200; n++) {
      Resampling r = new Resampling(n, n);
      for (int i = 0; i < n; i++) {
        assertEquals(i, r.lower(i));
        assertEquals(0, r.fraction(i), i + " of " + n);
      }
    }
  }

  @Test
  void allLengthsStayInsideAndInOrder() {
    for (int from = 1; from <= 40; from++) {
      for (int to = 1; to <= 40; to++) {
        Resampling r = new Resampling(from, to);
        double before = 0;
        for (int i = 0; i < to; i++) {
          String what = "row " + i + " of " + from + " to " + to;
          double exact = (i + 0.5) * from / to - 0.5;
          assertTrue(0 <= r.lower(i) && r.lower(i) <= r.upper(i) && r.upper(i) < from, what);
          assertTrue(0 <= r.fraction(i) && r.fraction(i) < 1, what);
          assertEquals(Math.min(Math.max(exact, 0), from - 1), position(r, i), 1e-12, what);
          assertTrue(position(r, i) >= before, what);
          before = position(r, i);
        }
      }
    }
  }
}
