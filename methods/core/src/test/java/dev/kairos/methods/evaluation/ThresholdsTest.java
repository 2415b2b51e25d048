// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdsTest {

  @Test
  void publishedGridsAreTheSameBits() {
    assertArrayEquals(
        new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7}, Thresholds.range(0.1, 0.1, 0.7));
    assertArrayEquals(
        new double[] {0.3, 0.39999999999999997, 0.5, 0.6, 0.7}, Thresholds.range(0.3, 0.1, 0.7));
    assertArrayEquals(
        new double[] {0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95},
        Thresholds.range(0.5, 0.05, 0.95));
    assertArrayEquals(
        new double[] {0.1, 0.2, 0.30000000000000004, 0.4, 0.5, 0.6, 0.7000000000000001, 0.8, 0.9},
        Thresholds.range(0.1, 0.1, 0.9));
  }

  @Test
  void anyRangeIsSpacedBetweenTheEndsThatWereWritten() {
    SplittableRandom random = new SplittableRandom(31);
    for (int round = 0; round < 20_000; round++) {
      int step = random.nextInt(1, 400); // thousandths
      int start = random.nextInt(1, 1001);
      int end = random.nextInt(start, 1001);
      int gaps = (end - start) / step;
      double last = (start + gaps * step) / 1000.0;
      double[] found = Thresholds.range(start / 1000.0, step / 1000.0, end / 1000.0);
      String what = start + ":" + step + ":" + end;
      assertEquals(gaps + 1, found.length, what);
      assertEquals(last, found[gaps], what);
      for (int i = 0; i < gaps; i++) {
        double first = start / 1000.0;
        assertEquals(first + i * ((last - first) / gaps), found[i], what);
        assertTrue(found[i] < found[i + 1], what);
      }
    }
  }

  @Test
  void stepsThatPassTheEndStopAtAThresholdAsItIsWritten() {
    assertArrayEquals(new double[] {0.1, 0.4, 0.7}, Thresholds.range(0.1, 0.3, 0.95));
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
