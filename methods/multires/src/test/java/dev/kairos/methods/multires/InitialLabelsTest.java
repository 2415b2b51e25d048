// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.multires.InitialLabels.Normalisation;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.Cas;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InitialLabelsTest {
  private static final InitialLabels PAPER =
      InitialLabels.from(Settings.empty(), List.of(1.0, 1.5));

  private static Cas random(SplittableRandom random, int snippets) {
    return Cas.of(random.doubles(snippets * 4L, -3, 3).toArray(), snippets, 4);
  }

  @ParameterizedTest
  @EnumSource(Normalisation.class)
  void scoresLieBetweenThoseOfTheStreams(Normalisation normalisation) {
    long seed = 31;
    SplittableRandom random = new SplittableRandom(seed);
    InitialLabels labels = new InitialLabels(normalisation, List.of(1.0, 1.5), 0.7, 0.1, true);
    InitialLabels one = new InitialLabels(normalisation, List.of(2.0), 0.7, 0.1, true);
    for (int round = 0; round < 30; round++) {
      int snippets = random.nextInt(1, 20);
      Cas rgb = random(random, snippets);
      Cas flow = random(random, snippets);
      double[] fused = labels.fuse(List.of(rgb, flow)).values();
      double[] a = one.fuse(List.of(rgb)).values();
      double[] b = one.fuse(List.of(flow)).values();
      for (int i = 0; i < fused.length; i++) {
        assertEquals((a[i] + 1.5 * b[i]) / 2.5, fused[i], 1e-15, "seed " + seed);
        assertTrue(fused[i] >= 0 && fused[i] <= 1, "seed " + seed);
      }
    }
  }

  @Test
  void aClassNeedsBothStreams() {
    Cas peak = Cas.of(new double[][] {{5, 0, 0, 0}, {0, 0, 0, 0}});
    Cas flat = Cas.of(new double[][] {{0, 0, 0, 0}, {0, 0, 0, 0}});
    float[] labels = {1, 0, 0};
    assertArrayEquals(new int[] {0, 3}, PAPER.of(PAPER.fuse(List.of(peak, peak)), labels));
    assertArrayEquals(new int[] {-1, 3}, PAPER.of(PAPER.fuse(List.of(flat, peak)), labels));
  }

  @Test
  void ofEqualsTheFirstWinsAndAbsentClassesCountNothing() {
    Cas fused = Cas.of(new double[][] {{0.8, 0.8, 0.1, 1}, {0.9, 0.02, 0.8, 0}, {0.9, 0, 0, 0}});
    assertArrayEquals(new int[] {0, 0, 0}, PAPER.of(fused, new float[] {1, 1, 1}));
    assertArrayEquals(new int[] {1, 2, 3}, PAPER.of(fused, new float[] {0, 1, 1}));
  }

  @Test
  void refusesStreamsThatDoNotFit() {
    Cas small = Cas.of(new double[8], 2, 4);
    Cas large = Cas.of(new double[12], 3, 4);
    assertThrows(IllegalArgumentException.class, () -> PAPER.fuse(List.of(small)));
    assertThrows(IllegalArgumentException.class, () -> PAPER.fuse(List.of(small, large)));
    assertThrows(IllegalArgumentException.class, () -> PAPER.of(small, new float[4]));
    for (List<Double> weights : List.of(List.<Double>of(), List.of(0.0), List.of(Double.NaN))) {
      assertThrows(
          IllegalArgumentException.class, () -> InitialLabels.from(Settings.empty(), weights));
    }
  }
}
