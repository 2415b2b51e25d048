// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TimeUpsamplingTest {

  @Test
  void alignsAtTheFirstSnippetAndContinuesTheLastSegment() {
    assertArrayEquals(
        new double[] {0, 1, 2, 3, 4, 3.5, 3, 2.5, 2, 1.5, 1, 0.5},
        TimeUpsampling.linear(new double[] {0, 4, 2}, 4));
  }

  @Test
  void keepsEverySnippetAndAFactorOfOneKeepsAll() {
    double[] series = {0.1, 0.7, -0.3, 0.2, 1e9};
    double[] fine = TimeUpsampling.linear(series, 24);
    for (int t = 0; t < series.length; t++) {
      assertEquals(series[t], fine[24 * t], Math.ulp(series[t]));
    }
    assertEquals(24 * 5, fine.length);
    assertArrayEquals(series, TimeUpsampling.linear(series, 1), 1e-6);
  }

  @Test
  void oneSnippetIsConstant() {
    assertArrayEquals(new double[] {7, 7, 7}, TimeUpsampling.linear(new double[] {7}, 3));
  }

  @Test
  void rejectsNothingAndTooMuch() {
    assertThrows(IllegalArgumentException.class, () -> TimeUpsampling.linear(new double[0], 3));
    assertThrows(IllegalArgumentException.class, () -> TimeUpsampling.linear(new double[2], 0));
    assertThrows(
        IllegalArgumentException.class, () -> TimeUpsampling.linear(new double[100], 1 << 30));
  }
}
