// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ClassificationMeanAveragePrecisionTest {
  @Test
  void isTheMeanPrecisionAtEachRightRecording() {
    double[][] scores = {{.9}, {.8}, {.7}, {.6}};
    boolean[][] occurs = {{true}, {false}, {true}, {false}};
    assertEquals((1 + 2.0 / 3) / 2, ClassificationMeanAveragePrecision.of(scores, occurs), 1e-15);
  }

  @Test
  void leavesOutWhatOccursNowhere() {
    double[][] scores = {{.9, .1}, {.8, .2}};
    boolean[][] occurs = {{true, false}, {false, false}};
    assertEquals(1, ClassificationMeanAveragePrecision.of(scores, occurs));
  }

  @Test
  void takesTheEarlierOfEqualScoresFirst() {
    double[][] scores = {{.5}, {.5}};
    assertEquals(
        1, ClassificationMeanAveragePrecision.of(scores, new boolean[][] {{true}, {false}}));
    assertEquals(
        0.5, ClassificationMeanAveragePrecision.of(scores, new boolean[][] {{false}, {true}}));
  }

  @Test
  void refusesWhatCannotBeJudged() {
    boolean[][] one = {{true}};
    boolean[][] none = {{false}};
    double[][] score = {{.5}};
    double[][] nan = {{Double.NaN}};
    double[][] wide = {{.5, .5}};
    assertThrows(
        IllegalArgumentException.class, () -> ClassificationMeanAveragePrecision.of(score, none));
    assertThrows(
        IllegalArgumentException.class, () -> ClassificationMeanAveragePrecision.of(nan, one));
    assertThrows(
        IllegalArgumentException.class, () -> ClassificationMeanAveragePrecision.of(wide, one));
    assertThrows(
        IllegalArgumentException.class,
        () -> ClassificationMeanAveragePrecision.of(new double[0][], new boolean[0][]));
    assertThrows(
        IllegalArgumentException.class,
        () -> ClassificationMeanAveragePrecision.of(score, new boolean[0][]));
  }
}
