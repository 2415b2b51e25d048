// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.autograd.check.GradCheck;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.Trial;
import dev.kairos.tensor.DTypeException;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses whose targets are class numbers. */
final class ClassNumbersTest {
  private final Engine engine = Engine.open("reference", 1);
  private final SplittableRandom random = new SplittableRandom(22);

  @AfterEach
  void close() {
    engine.close();
  }

  private Tensor logits(int... sizes) {
    return engine.tensor(Trial.numbers(random, Shape.of(sizes).count()), sizes);
  }

  @Test
  void areTheCrossEntropyOfOneHotRows() {
    Tensor z = logits(4, 3);
    Tensor classes = engine.indices(new int[] {2, 0, 0, 1}, 4);
    double[] hot = {0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 0};
    double expected = Losses.crossEntropy(z, engine.tensor(hot, 4, 3)).item();
    assertEquals(expected, Losses.crossEntropyOfClasses(z, classes).item(), 1e-14);
    assertEquals(expected, Losses.negativeLogLikelihood(z.logSoftmax(), classes).item(), 1e-14);
    Tensor deep = z.reshape(2, 2, 3);
    assertEquals(expected, Losses.crossEntropyOfClasses(deep, classes.reshape(2, 2)).item(), 1e-14);
    Tensor one = engine.indices(new int[] {1});
    assertEquals(
        -z.select(0, 0).logSoftmax().get(1),
        Losses.crossEntropyOfClasses(z.select(0, 0), one).item(),
        1e-14);
  }

  @Test
  void haveTheGradientOfDifferences() {
    Tensor classes = engine.indices(new int[] {2, 0, 0, 1}, 4);
    RandomKey key = new RandomKey(23, 0);
    GradCheck.verify(
        engine,
        List.of(logits(4, 3)),
        in -> Losses.crossEntropyOfClasses(in.get(0), classes),
        key,
        1e-7);
    GradCheck.verify(
        engine,
        List.of(logits(4, 3)),
        in -> Losses.negativeLogLikelihood(in.get(0), classes),
        key,
        1e-7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void standExtremeLogits(String backend) {
    try (Engine on = Engine.open(backend, 1);
        Tape tape = new Tape(on)) {
      double hidden = Double.NEGATIVE_INFINITY;
      Variable z = tape.leaf(on.tensor(new double[] {1000, 0, 0, 0, 0, hidden}, 2, 3));
      Variable loss = Losses.crossEntropyOfClasses(z, on.indices(new int[] {1, 0}, 2));
      assertEquals((1000 + Math.log(2)) / 2, loss.value().item(), 1e-4);
      double[] slope = tape.backward(loss).of(z).toDoubles();
      assertArrayEquals(new double[] {0.5, -0.5, 0, -0.25, 0.25, 0}, slope, 1e-6);
    }
  }

  private static <E extends Throwable> void refused(Class<E> type, String says, Executable call) {
    assertEquals(says, assertThrows(type, call).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar", "cpu"})
  void aClassOutsideIsNamedByRow(String backend) {
    try (Engine on = Engine.open(backend, 2)) {
      Tensor z = on.zeros(Shape.of(3, 4));
      for (int wrong : new int[] {4, -1, Integer.MAX_VALUE}) {
        Tensor classes = on.indices(new int[] {0, 3, wrong}, 3);
        String place =
            ": class " + wrong + " of row 2 is outside [0, 4): scores [3, 4] (..,C), classes [3]";
        refused(
            IndexOutOfBoundsException.class,
            "cross-entropy of classes" + place,
            () -> Losses.crossEntropyOfClasses(z, classes));
        refused(
            IndexOutOfBoundsException.class,
            "negative log-likelihood" + place,
            () -> Losses.negativeLogLikelihood(z, classes));
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Tensor z = logits(3, 4);
    Tensor classes = engine.indices(new int[3], 3);
    refused(
        ShapeException.class,
        "cross-entropy of classes: needs a class for each row of scores [3, 4] (..,C), classes [2]",
        () -> Losses.crossEntropyOfClasses(z, classes.narrow(0, 0, 2)));
    refused(
        ShapeException.class,
        "negative log-likelihood: needs a class for each row of scores [] (..,C), classes []",
        () -> Losses.negativeLogLikelihood(z.sum(), engine.indices(new int[1])));
    refused(
        ShapeException.class,
        "negative log-likelihood: the mean of nothing is no number:"
            + " scores [0, 4] (..,C), classes [0]",
        () -> Losses.negativeLogLikelihood(z.narrow(0, 0, 0), classes.narrow(0, 0, 0)));
    refused(
        DTypeException.class,
        "cross-entropy of classes: classes must be whole numbers, not [3, 4] FLOAT64",
        () -> Losses.crossEntropyOfClasses(z, z));
    refused(
        DTypeException.class,
        "cross-entropy: targets are a number for each class, not [3] INT32;"
            + " class numbers are for crossEntropyOfClasses",
        () -> Losses.crossEntropy(z, classes));
  }
}
