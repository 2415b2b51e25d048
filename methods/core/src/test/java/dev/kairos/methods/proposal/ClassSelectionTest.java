// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.methods.tal.Cas;
import org.junit.jupiter.api.Test;

class ClassSelectionTest {

  @Test
  void keepsWhatReachesTheThreshold() {
    double[] scores = {0.25, 0.1, 0.6, 0.9};
    assertArrayEquals(new int[] {0, 2}, ClassSelection.select(scores, 3, 0.25, true));
    assertArrayEquals(new int[] {0, 2, 3}, ClassSelection.select(scores, 4, 0.25, false));
  }

  @Test
  void keepsTheBestIfNoneDoesAndThatIsAskedFor() {
    double[] scores = {0.1, 0.2, 0.2, 0.9};
    assertArrayEquals(new int[] {1}, ClassSelection.select(scores, 3, 0.25, true));
    assertArrayEquals(new int[] {}, ClassSelection.select(scores, 3, 0.25, false));
    assertArrayEquals(new int[] {0}, ClassSelection.select(new double[] {0.1}, 1, 0.25, true));
  }

  @Test
  void rejectsWhatDoesNotFit() {
    assertThrows(
        IllegalArgumentException.class, () -> ClassSelection.select(new double[2], 3, 0, true));
    assertThrows(
        IllegalArgumentException.class, () -> ClassSelection.select(new double[2], 0, 0, true));
    assertThrows(
        IllegalArgumentException.class,
        () -> ClassSelection.select(new double[] {Double.NaN, 1}, 2, 0, true));
  }

  @Test
  void topMeanTakesTheLargestOfEachChannel() {
    Cas cas = Cas.of(new double[][] {{1, -4}, {5, -1}, {3, -3}, {4, -2}, {0, -9}});
    assertArrayEquals(new double[] {4.5, -1.5}, ClassSelection.topMean(cas, 2));
    assertArrayEquals(new double[] {5, -1}, ClassSelection.topMean(cas, 8), "at least one");
    assertThrows(IllegalArgumentException.class, () -> ClassSelection.topMean(cas, 0));
  }
}
