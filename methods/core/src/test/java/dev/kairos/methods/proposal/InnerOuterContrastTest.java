// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.methods.tal.Interval;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InnerOuterContrastTest {

  @Test
  void workedByHand() {
    double[] series = {8, 0, 1, 4, 6, 6, 4, 2, 0, 9};
    // Inner 3..6: mean 5. n = 4, one position beside each end: 2 and 7, mean 1.5.
    assertEquals(
        3.5, new InnerOuterContrast(series, OuterMargin.fraction(0.25)).of(new Interval(3, 7)));
    // Two beside each end: 0, 1, 2, 0.
    assertEquals(
        4.25, new InnerOuterContrast(series, OuterMargin.fraction(0.5)).of(new Interval(3, 7)));
    // No margin: nothing beside it counts.
    assertEquals(5, new InnerOuterContrast(series, OuterMargin.fraction(0)).of(new Interval(3, 7)));
    // A single position: trunc(2.75) = 2 lies before it, trunc(3.25) = 3 not after it.
    assertEquals(
        3, new InnerOuterContrast(series, OuterMargin.fraction(0.25)).of(new Interval(3, 4)));
    // The whole series has nothing beside it.
    assertEquals(
        4, new InnerOuterContrast(series, OuterMargin.fraction(0.25)).of(new Interval(0, 10)));
  }

  @Test
  void agreesWithTheDirectFormula() {
    long seed = 41;
    SplittableRandom random = new SplittableRandom(seed);
    for (int n = 0; n < 400; n++) {
      int length = random.nextInt(1, 3000);
      double[] series = random.doubles(length, -1, 1).toArray();
      double margin = random.nextInt(4) == 0 ? 0.25 : random.nextDouble(0, 1.5);
      int start = random.nextInt(length);
      int end = random.nextInt(start + 1, length + 1);
      double actual =
          new InnerOuterContrast(series, OuterMargin.fraction(margin)).of(new Interval(start, end));
      assertEquals(direct(series, start, end - 1, margin), actual, 1e-11, "seed " + seed);
    }
  }

  /** Inner and outer mean of the run {@code [a, e]}, summed one by one. */
  private static double direct(double[] series, int a, int e, double margin) {
    int n = e - a + 1;
    double inner = 0;
    for (int t = a; t <= e; t++) {
      inner += series[t];
    }
    double outer = 0;
    int count = 0;
    for (int t = Math.max(0, (int) (a - margin * n)); t <= a - 1; t++, count++) {
      outer += series[t];
    }
    for (int t = e + 1; t <= Math.min(series.length - 1, (int) (e + margin * n)); t++, count++) {
      outer += series[t];
    }
    return inner / n - (count > 0 ? outer / count : 0);
  }

  @Test
  void rejectsEmptyRunsAndRunsOutside() {
    InnerOuterContrast contrast = new InnerOuterContrast(new double[4], OuterMargin.fraction(0.25));
    assertThrows(IllegalArgumentException.class, () -> contrast.of(new Interval(2, 2)));
    assertThrows(IllegalArgumentException.class, () -> contrast.of(new Interval(2, 5)));
  }
}
