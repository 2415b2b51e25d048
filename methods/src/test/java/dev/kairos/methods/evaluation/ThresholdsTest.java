// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdsTest {

  @Test
  void aRangeIsStartPlusStepsInDouble() {
    double[] expected = {0.1, 0.1 + 0.1, 0.1 + 2 * 0.1, 0.1 + 3 * 0.1, 0.1 + 4 * 0.1};
    assertArrayEquals(expected, Thresholds.range(0.1, 0.1, 0.5));
    assertEquals(0.30000000000000004, Thresholds.range(0.1, 0.1, 0.9)[2]);
  }

  @Test
  void theEndIsIncludedWhereTheStepsMeetIt() {
    assertEquals(7, Thresholds.range(0.1, 0.1, 0.7).length);
    assertEquals(9, Thresholds.range(0.1, 0.1, 0.9).length);
    assertEquals(10, Thresholds.range(0.5, 0.05, 0.95).length);
    assertEquals(2, Thresholds.range(0.5, 0.2, 0.89).length);
    assertArrayEquals(new double[] {0.5}, Thresholds.range(0.5, 1, 0.5));
  }

  @Test
  void readsRangesAndLists() {
    assertArrayEquals(Thresholds.range(0.1, 0.1, 0.7), Thresholds.parse("0.1:0.1:0.7"));
    assertArrayEquals(new double[] {0.5, 0.75, 0.95}, Thresholds.parse("0.5, 0.75,0.95"));
    assertArrayEquals(new double[] {0.5}, Thresholds.parse("0.5"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "0.5,",
        "0",
        "1.1",
        "-0.5",
        "NaN",
        "0.1:0.7",
        "0.1:0.1:0.5:0.7",
        "0:0.1:0.5",
        "0.5:0.1:0.4",
        "0.1:0:0.5",
        "0.1:-0.1:0.5",
        "0.1:NaN:0.5",
        "0.1:1e-9:0.9",
        "0.1:x:0.5"
      })
  void saysWhatIsWrong(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Thresholds.parse(text));
    assertTrue(e.getMessage().startsWith("thresholds: "), e.getMessage());
  }
}
