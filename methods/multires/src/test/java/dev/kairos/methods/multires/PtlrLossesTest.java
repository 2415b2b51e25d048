// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.autograd.check.GradCheck;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.multires.SnippetClassifier.Branch;
import dev.kairos.methods.pseudolabel.PseudoLabels;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PtlrLossesTest {
  private static final int SNIPPETS = 9;
  private static final int CHANNELS = 4;
  private static final int NONE = PseudoLabels.NONE;
  private static final RandomKey KEY = new RandomKey(5, 5);

  /** Two recordings; of the second only snippet 5 has a label, which no branch of stride 2 sees. */
  private static final int[][] LABELS = {
    {0, NONE, 3, 1, NONE, 2, 1, NONE, 3}, {NONE, NONE, NONE, NONE, NONE, 2, NONE, NONE, NONE}
  };

  private Engine engine;

  @BeforeEach
  void open() {
    engine = Engine.open("reference", 1);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static PtlrLosses losses(SelectedMean mean) {
    return new PtlrLosses(mean, LowResolution.DEFAULT);
  }

  private static double[] numbers(int rows) {
    return new SplittableRandom(rows).doubles(2L * rows * CHANNELS, -3, 3).toArray();
  }

  private Tensor logits(int rows) {
    return engine.tensor(numbers(rows), 2, rows, CHANNELS);
  }

  private double loss(SelectedMean mean, int[][] labels, int... strides) {
    List<Branch<Tensor>> branches =
        Arrays.stream(strides)
            .mapToObj(stride -> new Branch<>(logits((SNIPPETS - 1) / stride + 1), stride))
            .toList();
    return losses(mean).of(engine, branches, labels).total().item();
  }

  /** {@code -log softmax} of one row. */
  private static double surprise(int rows, int recording, int row, int label) {
    double[] all = numbers(rows);
    int from = (recording * rows + row) * CHANNELS;
    double sum = 0;
    for (int c = 0; c < CHANNELS; c++) {
      sum += Math.exp(all[from + c]);
    }
    return Math.log(sum) - all[from + label];
  }

  @Test
  void countsSelectedSnippetsAloneAndAlike() {
    double first =
        surprise(9, 0, 0, 0)
            + surprise(9, 0, 2, 3)
            + surprise(9, 0, 3, 1)
            + surprise(9, 0, 5, 2)
            + surprise(9, 0, 6, 1)
            + surprise(9, 0, 8, 3);
    double second = surprise(9, 1, 5, 2);
    assertEquals((first + second) / 7, loss(SelectedMean.BATCH, LABELS, 1), 1e-12);
    assertEquals((first / 6 + second) / 2, loss(SelectedMean.RECORDING, LABELS, 1), 1e-12);
  }

  @Test
  void aRowOfABranchTakesTheLabelAtItsCentre() {
    double half =
        surprise(5, 0, 0, 0) + surprise(5, 0, 1, 3) + surprise(5, 0, 3, 1) + surprise(5, 0, 4, 3);
    double quarter = surprise(3, 0, 0, 0) + surprise(3, 0, 2, 3);
    assertEquals(half / 4, loss(SelectedMean.BATCH, LABELS, 2), 1e-12);
    assertEquals(quarter / 2, loss(SelectedMean.BATCH, LABELS, 4), 1e-12);
    assertEquals((half / 4 + quarter / 2) / 2, loss(SelectedMean.BATCH, LABELS, 2, 4), 1e-12);
    assertEquals(half / 4 / 2, loss(SelectedMean.RECORDING, LABELS, 2), 1e-12);
  }

  @Test
  void aRowMayLearnTheLabelOfMostOfItsBlock() {
    PtlrLosses losses =
        new PtlrLosses(
            SelectedMean.BATCH,
            new LowResolution(LowResolution.RowLabel.MAJORITY, LowResolution.Upsampling.REPEAT));
    double first =
        surprise(5, 0, 0, 0)
            + surprise(5, 0, 1, 3)
            + surprise(5, 0, 2, 2)
            + surprise(5, 0, 3, 1)
            + surprise(5, 0, 4, 3);
    double second = surprise(5, 1, 2, 2);
    List<Branch<Tensor>> branch = List.of(new Branch<>(logits(5), 2));
    assertEquals((first + second) / 6, losses.of(engine, branch, LABELS).total().item(), 1e-12);
    assertEquals(5, losses.selected(LABELS[0], 2));
    assertEquals(1, losses.selected(LABELS[1], 2));
  }

  @Test
  void aBranchWithoutLabelsCountsAsNothing() {
    int[][] odd = {
      {NONE, NONE, 1, NONE, NONE, NONE, NONE, NONE, NONE},
      {NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE}
    };
    double half = surprise(5, 0, 1, 1);
    assertEquals(half / 2, loss(SelectedMean.BATCH, odd, 2, 4), 1e-12);
    assertEquals(1, losses(SelectedMean.BATCH).selected(odd[0], 2));
    assertEquals(0, losses(SelectedMean.BATCH).selected(odd[0], 4));
  }

  @ParameterizedTest
  @EnumSource(SelectedMean.class)
  void withoutAnyLabelNothingIsLearned(SelectedMean mean) {
    int[][] none = new int[2][SNIPPETS];
    for (int[] own : none) {
      Arrays.fill(own, NONE);
    }
    for (String backend : List.of("reference", "cpu")) {
      try (Engine own = Engine.open(backend, 1);
          Tape tape = new Tape(own)) {
        Variable x = tape.leaf(own.tensor(numbers(SNIPPETS), 2, SNIPPETS, CHANNELS));
        Variable loss = losses(mean).of(own, List.of(new Branch<>(x, 1)), none).total();
        assertEquals(0, loss.value().item());
        double[] slope = tape.backward(loss).of(x).toDoubles();
        for (double s : slope) {
          assertEquals(0, s, 0.0);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SelectedMean.class)
  void gradients(SelectedMean mean) {
    GradCheck.verify(
        engine,
        List.of(logits(5), logits(3)),
        in ->
            losses(mean)
                .of(engine, List.of(new Branch<>(in.get(0), 2), new Branch<>(in.get(1), 4)), LABELS)
                .total(),
        KEY,
        1e-7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void extremeLogitsStayFinite(String backend) {
    try (Engine own = Engine.open(backend, 1);
        Tape tape = new Tape(own)) {
      Variable x = tape.leaf(own.tensor(new double[] {1000, 0, -1000}, 1, 1, 3));
      int[][] label = {{2}};
      Variable loss =
          losses(SelectedMean.BATCH).of(own, List.of(new Branch<>(x, 1)), label).total();
      assertEquals(2000, loss.value().item(), 1e-3);
      double[] slope = tape.backward(loss).of(x).toDoubles();
      assertArrayEquals(new double[] {1, 0, -1}, slope, 1e-6);
    }
  }

  @Test
  void refusesLabelsOfAnotherBatch() {
    assertThrows(ShapeException.class, () -> loss(SelectedMean.BATCH, new int[3][SNIPPETS], 1));
  }
}
