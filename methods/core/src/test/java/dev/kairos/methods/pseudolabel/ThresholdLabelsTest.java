// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.methods.pseudolabel.ThresholdLabels.Normalisation;
import dev.kairos.methods.pseudolabel.ThresholdLabels.ThresholdOf;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  private static int[] labels(
      String backend, ThresholdLabels labeller, float[] classes, double... cas) {
    try (Engine engine = Engine.open(backend, 1)) {
      return labeller.of(engine.tensor(cas, 1, cas.length / 3, 3), classes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void everyClassKeepsItsPeakUnlessAnotherHasItsOwnThere(String backend) {
    // Normalised: 0, 0; 1, 0; 0.5, 1. Background keeps 0.7, 0.6 and 0.25.
    double[] cas = {0.2, 0.1, 0.7, 0.3, 0.1, 0.6, 0.25, 0.5, 0.25};
    assertArrayEquals(new int[] {2, 2, -1}, labels(backend, 0.6, BOTH, cas));
    ThresholdLabels normalised =
        new ThresholdLabels(0.7, true, Normalisation.MINMAX, ThresholdOf.ONE);
    assertArrayEquals(new int[] {2, 0, 1}, labels(backend, normalised, BOTH, cas));
    assertArrayEquals(new int[] {2, -1, 1}, labels(backend, normalised, SECOND, cas));
    ThresholdLabels higher = new ThresholdLabels(0.71, true, Normalisation.MINMAX, ThresholdOf.ONE);
    assertArrayEquals(new int[] {-1, 0, 1}, labels(backend, higher, BOTH, cas));
    double[] together = {0.3, 0.4, 0.3, 0.1, 0.1, 0.8}; // both have their peak in one snippet
    assertArrayEquals(new int[] {0, 2}, labels(backend, normalised, BOTH, together));
  }

  @ParameterizedTest
  @EnumSource(ThresholdOf.class)
  void aConstantClassHasNoPeak(ThresholdOf of) {
    ThresholdLabels normalised = new ThresholdLabels(0.5, true, Normalisation.MINMAX, of);
    double[] cas = {0.8, 0.1, 0.1, 0.8, 0.15, 0.05};
    assertArrayEquals(
        new int[] {of == ThresholdOf.ONE ? -1 : 2, 1}, labels("reference", normalised, BOTH, cas));
    assertArrayEquals(new int[] {-1}, labels("reference", normalised, BOTH, 0.9, 0.1, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void aShareOfThePeakIsOfTheChannelsOwn(String backend) {
    ThresholdLabels share = new ThresholdLabels(0.75, true, Normalisation.NONE, ThresholdOf.PEAK);
    double[] cas = {
      0.5, 0.3, 0.2, // the first class's peak
      0.375, 0.325, 0.3, // just enough
      0.37, 0.33, 0.3, // not enough
      0.1, 0.3, 0.6, // that of background
      0.2, 0.34, 0.46, // enough
      0.3, 0.3, 0.4 // not enough
    };
    assertArrayEquals(new int[] {0, 0, -1, 2, 2, -1}, labels(backend, share, BOTH, cas));
    assertArrayEquals(new int[] {-1, 2}, labels(backend, share, SECOND, 0.9, 0, 0, 0.6, 0.1, 0.3));
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
