// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.multires.LowResolution.RowLabel;
import dev.kairos.methods.multires.LowResolution.Upsampling;
import dev.kairos.methods.multires.SnippetClassifier.Branch;
import dev.kairos.methods.pseudolabel.PseudoLabels;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LowResolutionTest {
  private static final int NONE = PseudoLabels.NONE;

  private Engine engine;

  @BeforeEach
  void open() {
    engine = Engine.open("reference", 1);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static int[] rows(RowLabel which, int stride, int... snippets) {
    return new LowResolution(which, Upsampling.REPEAT).rows(snippets, stride);
  }

  @Test
  void whichLabelOfItsBlockARowLearns() {
    int[] snippets = {0, 2, 2, NONE, NONE, NONE, 1, NONE, 1, 0};
    assertArrayEquals(new int[] {0, NONE, 1}, rows(RowLabel.FIRST, 4, snippets));
    assertArrayEquals(new int[] {NONE, NONE, 0}, rows(RowLabel.LAST, 4, snippets));
    assertArrayEquals(new int[] {2, 1, 1}, rows(RowLabel.MAJORITY, 4, snippets));
  }

  @Test
  void ofEquallyFrequentLabelsTheFirstWins() {
    assertArrayEquals(new int[] {2, 0}, rows(RowLabel.MAJORITY, 4, 2, 0, 2, 0, NONE, 0, 2, NONE));
    assertArrayEquals(new int[] {0}, rows(RowLabel.MAJORITY, 8, 2, 1, 1, 0, 0, 0, 3, 3));
    assertArrayEquals(new int[] {NONE}, rows(RowLabel.MAJORITY, 4, NONE, NONE, NONE));
  }

  @ParameterizedTest
  @EnumSource(RowLabel.class)
  void rowsOfOneSnippetAreTheSnippets(RowLabel which) {
    int[] snippets = {0, NONE, 2, 1, 1};
    assertArrayEquals(snippets, rows(which, 1, snippets));
  }

  /** Rows of which the first channel has these probabilities, at every snippet. */
  private double[] up(RowLabel which, Upsampling how, int stride, int snippets, double... p) {
    double[] logits = new double[2 * p.length];
    for (int r = 0; r < p.length; r++) {
      logits[2 * r] = Math.log(p[r]);
      logits[2 * r + 1] = Math.log(1 - p[r]);
    }
    Branch<Tensor> branch = new Branch<>(engine.tensor(logits, 1, p.length, 2), stride);
    double[] both = new LowResolution(which, how).upsample(branch, snippets).toDoubles();
    for (int t = 0; t < snippets; t++) {
      assertEquals(1, both[2 * t] + both[2 * t + 1], 1e-12);
    }
    return IntStream.range(0, snippets).mapToDouble(t -> both[2 * t]).toArray();
  }

  @ParameterizedTest
  @EnumSource(RowLabel.class)
  void aRowIsRepeatedOverItsBlock(RowLabel which) {
    assertArrayEquals(
        new double[] {0.1, 0.1, 0.1, 0.1, 0.5, 0.5, 0.5, 0.5, 0.9, 0.9},
        up(which, Upsampling.REPEAT, 4, 10, 0.1, 0.5, 0.9),
        1e-12);
  }

  @Test
  void betweenRowsLieLinesFromWhereTheirLabelsStood() {
    assertArrayEquals(
        new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.9},
        up(RowLabel.FIRST, Upsampling.LINEAR, 4, 10, 0.1, 0.5, 0.9),
        1e-12);
    assertArrayEquals(
        new double[] {0.1, 0.1, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85},
        up(RowLabel.MAJORITY, Upsampling.LINEAR, 4, 10, 0.1, 0.5, 0.9),
        1e-12);
    assertArrayEquals(
        new double[] {0.1, 0.1, 0.1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7},
        up(RowLabel.LAST, Upsampling.LINEAR, 4, 10, 0.1, 0.5, 0.9),
        1e-12);
    assertArrayEquals(new double[] {0.2}, up(RowLabel.FIRST, Upsampling.LINEAR, 8, 1, 0.2), 1e-12);
  }

  /** How many snippets late an onset is said on average, if every row says what it learned. */
  private double lateness(RowLabel which, Upsampling how, int stride) {
    int snippets = 8 * stride;
    double late = 0;
    for (int onset = 3 * stride; onset < 4 * stride; onset++) {
      int begin = onset;
      int[] labels = IntStream.range(0, snippets).map(t -> t < begin ? 0 : 1).toArray();
      double[] rows =
          IntStream.of(rows(which, stride, labels))
              .mapToDouble(c -> c == 1 ? 1 - 1e-9 : 1e-9)
              .toArray();
      for (double p : up(which, how, stride, snippets, rows)) {
        late += p < 0.5 - 1e-6 ? 1 : 0; // snippets before the onset is said
      }
      late -= onset;
    }
    return late / stride;
  }

  @Test
  void theFirstLabelRepeatedIsLateAndNothingElseIs() {
    for (int stride : new int[] {2, 4, 8}) {
      assertEquals((stride - 1) / 2.0, lateness(RowLabel.FIRST, Upsampling.REPEAT, stride), 1e-12);
      assertEquals(-(stride - 1) / 2.0, lateness(RowLabel.LAST, Upsampling.REPEAT, stride), 1e-12);
      for (RowLabel which : RowLabel.values()) {
        assertTrue(Math.abs(lateness(which, Upsampling.LINEAR, stride)) <= 0.5, which::name);
      }
      assertTrue(Math.abs(lateness(RowLabel.MAJORITY, Upsampling.REPEAT, stride)) <= 0.5);
    }
  }
}
