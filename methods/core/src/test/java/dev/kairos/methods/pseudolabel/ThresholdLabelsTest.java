// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdLabelsTest {
  private static final float[] BOTH = {1, 1};
  private static final float[] SECOND = {0, 1};

  private static int[] labels(String backend, double theta, float[] classes, double... cas) {
    try (Engine engine = Engine.open(backend, 1)) {
      Tensor scores = engine.tensor(cas, cas.length / 3, 3);
      return new ThresholdLabels(theta, true).of(scores, classes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void theThresholdItselfIsEnough(String backend) {
    double[] cas = {0.7, 0.2, 0.1, 0.6999999, 0.2, 0.1, 0.1, 0.2, 0.7};
    assertArrayEquals(new int[] {0, -1, 2}, labels(backend, 0.7, BOTH, cas));
    double[] finer = {0.55, 0.45, 0, 0.45, 0.55, 0, 0.05, 0.4, 0.55};
    assertArrayEquals(new int[] {0, 1, 2}, labels(backend, 0.55, BOTH, finer));
  }

  @Test
  void ofEqualsTheFirstWins() {
    double[] cas = {0.4, 0.4, 0.2, 0.2, 0.4, 0.4, 0.4, 0.2, 0.4};
    assertArrayEquals(new int[] {0, 1, 0}, labels("reference", 0.4, BOTH, cas));
  }

  @Test
  void absentClassesCountNothingAndAreNotMadeUpFor() {
    double[] cas = {0.9, 0.1, 0, 0.5, 0.4, 0.1, 0.3, 0.1, 0.6};
    assertArrayEquals(new int[] {-1, 1, 2}, labels("reference", 0.4, SECOND, cas));
    try (Engine engine = Engine.open("reference", 1)) {
      Tensor scores = engine.tensor(cas, 1, 3, 3);
      assertArrayEquals(new int[] {0, 0, 2}, new ThresholdLabels(0.4, false).of(scores, SECOND));
    }
  }

  @Test
  void moreThanHalfMeansTheOnlyOne() {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    try (Engine engine = Engine.open("cpu", 1)) {
      for (int round = 0; round < 50; round++) {
        double[] logits = random.doubles(40 * 3, -4, 4).toArray();
        Tensor cas = engine.tensor(logits, 40, 3).softmax();
        double theta = 0.5 + random.nextDouble() / 2;
        int[] found = new ThresholdLabels(theta, false).of(cas, BOTH);
        double[] scores = cas.toDoubles();
        for (int t = 0; t < found.length; t++) {
          for (int c = 0; c < 3; c++) {
            boolean passes = scores[3 * t + c] >= (float) theta;
            assertEquals(passes, found[t] == c, "seed " + seed + ", round " + round);
          }
        }
      }
    }
  }

  @Test
  void refusesWhatIsNoThresholdOrNoCas() {
    for (double theta : new double[] {0, -1, 1.01, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new ThresholdLabels(theta, true));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> labels("reference", 0.5, new float[3], 0.1, 0.2, 0.7));
  }
}
