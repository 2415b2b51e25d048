// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class Conv1dGeometryTest {

  @Test
  void sameLengthConvolution() {
    Conv1dGeometry g = new Conv1dGeometry(1, 100, 2048, 512, 3, 1, 1, 1);
    assertEquals(3, g.span());
    assertEquals(100, g.outputTime());
    assertEquals(-1, g.inputStep(0, 0));
    assertEquals(1, g.firstValid(0));
    assertEquals(0, g.firstValid(1));
    assertEquals(100, g.endValid(1));
    assertEquals(99, g.endValid(2));
  }

  @Test
  void noWindowFits() {
    Conv1dGeometry g = new Conv1dGeometry(1, 4, 1, 1, 3, 1, 0, 2);
    assertEquals(5, g.span());
    assertEquals(0, g.outputTime());
  }

  @Test
  void stridesAndDilationsByHand() {
    // Steps 0..9 with two zeros on each side; windows of span 5 begin at -2, 1, 4 and 7.
    Conv1dGeometry g = new Conv1dGeometry(1, 10, 1, 1, 3, 3, 2, 2);
    assertEquals(4, g.outputTime());
    assertEquals(7, g.inputStep(3, 0));
    assertEquals(11, g.inputStep(3, 2));
    assertEquals(1, g.firstValid(0));
    assertEquals(4, g.endValid(0));
    assertEquals(3, g.endValid(2));
  }

  /** Against counting, for all small sizes. */
  @Test
  void validStepsAreThoseThatReadTheInput() {
    for (int time = 0; time <= 8; time++) {
      for (int kernel = 1; kernel <= 5; kernel++) {
        for (int stride = 1; stride <= 4; stride++) {
          for (int padding = 0; padding <= kernel + 2; padding++) {
            for (int dilation = 1; dilation <= 3; dilation++) {
              count(new Conv1dGeometry(1, time, 1, 1, kernel, stride, padding, dilation));
            }
          }
        }
      }
    }
  }

  private static void count(Conv1dGeometry g) {
    int windows = 0;
    int padded = g.time() + 2 * g.padding();
    for (int start = 0; start + (g.kernel() - 1) * g.dilation() < padded; start += g.stride()) {
      windows++;
    }
    assertEquals(windows, g.outputTime(), g.toString());
    for (int tap = 0; tap < g.kernel(); tap++) {
      int first = g.firstValid(tap);
      int end = g.endValid(tap);
      assertTrue(0 <= first && first <= end && end <= windows, g + " tap " + tap);
      for (int t = 0; t < windows; t++) {
        int step = t * g.stride() + tap * g.dilation() - g.padding();
        assertEquals(step, g.inputStep(t, tap));
        boolean reads = step >= 0 && step < g.time();
        assertEquals(reads, first <= t && t < end, g + " tap " + tap + " step " + t);
      }
    }
  }
}
