// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.SingularMatrixException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The fluent names against numbers worked by hand. */
final class TensorOpsTest {
  private static final Engine REFERENCE = Engine.open("reference", 1);
  private static final Engine SCALAR = Engine.open("scalar", 2);

  @AfterAll
  static void close() {
    REFERENCE.close();
    SCALAR.close();
  }

  private interface Check {
    Tensor on(Engine engine);
  }

  private static void assertGives(Check check, Shape shape, double... expected) {
    for (Engine engine : List.of(REFERENCE, SCALAR)) {
      Tensor result = check.on(engine);
      assertEquals(shape, result.shape());
      Close.assertClose(engine.backend().name(), expected, result.toDoubles(), 1e-6);
    }
  }

  private static void assertRefused(Check check, String... fragments) {
    String message = assertThrows(ShapeException.class, () -> check.on(REFERENCE)).getMessage();
    Stream.of(fragments).forEach(part -> assertTrue(message.contains(part), message));
  }

  /** {@code 1, 2, 3, ..} of a shape. */
  private static Tensor counting(Engine engine, int... sizes) {
    double[] values = new double[Shape.of(sizes).count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 1;
    }
    return engine.tensor(values, sizes);
  }

  private static Tensor of(Engine engine, double... values) {
    return engine.tensor(values, values.length);
  }

  @Test
  void elementwise() {
    double inf = Double.POSITIVE_INFINITY;
    assertGives(e -> of(e, -2, 0, 3).abs(), Shape.of(3), 2, 0, 3);
    assertGives(e -> of(e, -2, 0, 3).sign(), Shape.of(3), -1, 0, 1);
    assertGives(e -> of(e, -2, 0, 3).relu(), Shape.of(3), 0, 0, 3);
    assertGives(e -> of(e, -2, 0, 3).leakyRelu(0.5), Shape.of(3), -1, 0, 3);
    assertGives(e -> of(e, -2, 0, 3).negate(), Shape.of(3), 2, 0, -3);
    assertGives(e -> of(e, -2, 0, 3).square(), Shape.of(3), 4, 0, 9);
    assertGives(e -> of(e, -2, 0, 3).clamp(-1, 2), Shape.of(3), -1, 0, 2);
    assertGives(e -> of(e, -2, 0, 3).clamp(-1, inf), Shape.of(3), -1, 0, 3);
    assertGives(e -> of(e, -2, 0, 3).between(-2, 0), Shape.of(3), 1, 1, 0);
    assertGives(e -> of(e, -2, 0, 3).step(5, 6), Shape.of(3), 5, 5, 6);
    assertGives(e -> of(e, 0, Math.log(3)).sigmoid(), Shape.of(2), 0.5, 0.75);
    assertGives(e -> of(e, 0, 1000, -1000).softplus(), Shape.of(3), Math.log(2), 1000, 0);
    assertGives(e -> of(e, 4, 0.25).pow(-0.5), Shape.of(2), 0.5, 2);
    assertGives(e -> of(e, 4, 0.25).reciprocal(), Shape.of(2), 0.25, 4);
    assertGives(e -> of(e, 1, 2).greater(of(e, 1, 1)), Shape.of(2), 0, 1);
    assertGives(e -> of(e, 1, 0).greaterEqual(of(e, 1, 1)), Shape.of(2), 1, 0);
    assertGives(e -> of(e, 1, 0).equalTo(of(e, 1, 1)), Shape.of(2), 1, 0);
    assertGives(e -> of(e, 1, 5).maximum(of(e, 3)), Shape.of(2), 3, 5);
    assertGives(e -> of(e, 1, 5).minimum(of(e, 3)), Shape.of(2), 1, 3);
    assertGives(e -> of(e, 1, 5).subtract(of(e, 3)), Shape.of(2), -2, 2);
    assertGives(e -> of(e, 1, 5).add(10).multiply(2), Shape.of(2), 22, 30);
  }

  @Test
  void sumsAndMeans() {
    assertGives(e -> counting(e, 2, 3).sum(), Shape.of(), 21);
    assertGives(e -> counting(e, 2, 3).mean(), Shape.of(), 3.5);
    assertGives(e -> counting(e, 2, 3).mean(false, 0), Shape.of(3), 2.5, 3.5, 4.5);
    assertGives(e -> counting(e, 2, 3).mean(true, -1), Shape.of(2, 1), 2, 5);
    assertGives(e -> counting(e, 2, 2, 2).mean(false, 0, -1), Shape.of(2), 3.5, 5.5);
    assertGives(e -> counting(e, 0, 3).sum(false, 0), Shape.of(3), 0, 0, 0);
    assertGives(e -> counting(e, 2, 3).max(-2, true), Shape.of(1, 3), 4, 5, 6);
    assertGives(e -> counting(e, 2, 3).min(1, false), Shape.of(2), 1, 4);
  }

  @Test
  void sumToUndoesBroadcasting() {
    assertGives(e -> counting(e, 2, 3).sumTo(Shape.of(3)), Shape.of(3), 5, 7, 9);
    assertGives(e -> counting(e, 2, 3).sumTo(Shape.of(2, 1)), Shape.of(2, 1), 6, 15);
    assertGives(e -> counting(e, 2, 3).sumTo(Shape.of()), Shape.of(), 21);
    assertGives(e -> counting(e, 2, 1, 2).sumTo(Shape.of(1, 2)), Shape.of(1, 2), 4, 6);
    assertGives(e -> counting(e, 0, 2).sumTo(Shape.of(1, 2)), Shape.of(1, 2), 0, 0);
    Tensor x = counting(REFERENCE, 2, 3);
    assertSame(x, x.sumTo(Shape.of(2, 3)));
    assertRefused(e -> counting(e, 2, 6).sumTo(Shape.of(3, 4)), "sumTo", "[2, 6]", "[3, 4]");
    assertRefused(e -> counting(e, 6).sumTo(Shape.of(2, 3)), "sumTo", "[6]", "[2, 3]");
    assertRefused(e -> counting(e, 1).sumTo(Shape.of(3)), "sumTo", "[1]", "[3]");
  }

  @Test
  void softmaxAlongAnyAxis() {
    double a = 1 / (1 + Math.exp(1));
    double b = 1 - a;
    assertGives(
        e -> e.tensor(new double[] {5, 6, 6, 5}, 2, 2).softmax(0), Shape.of(2, 2), a, b, b, a);
    assertGives(
        e -> e.tensor(new double[] {5, 6, 6, 5}, 2, 2).softmax(-1), Shape.of(2, 2), a, b, b, a);
    assertGives(e -> of(e, 1000, 1000).softmax(0), Shape.of(2), 0.5, 0.5);
    assertGives(e -> of(e, 1000, 0).logSoftmax(), Shape.of(2), 0, -1000);
    assertGives(
        e -> counting(e, 2, 2, 1).softmax(-3), Shape.of(2, 2, 1), 1 - c(), 1 - c(), c(), c());
    assertRefused(e -> counting(e, 2, 2).softmax(2), "axis 2");
  }

  private static double c() {
    return 1 / (1 + Math.exp(-2));
  }

  @Test
  void normalizeHasMeanZeroAndVarianceOne() {
    double s = Math.sqrt(2.0 / 3 + 1e-5);
    assertGives(e -> of(e, 1, 2, 3).normalize(1e-5), Shape.of(3), -1 / s, 0, 1 / s);
    assertGives(e -> of(e, 4, 4, 4).normalize(1e-5), Shape.of(3), 0, 0, 0);
  }

  @Test
  void l2NormalizeKeepsRowsOfZeros() {
    assertGives(
        e -> e.tensor(new double[] {3, 4, 0, 0}, 2, 2).l2Normalize(1e-9),
        Shape.of(2, 2),
        0.6,
        0.8,
        0,
        0);
    assertGives(e -> of(e, 3, 4).l2Normalize(5), Shape.of(2), 0.3, 0.4);
    assertGives(e -> of(e, 0, 0).l2Normalize(0), Shape.of(2), 0, 0);
  }

  @Test
  void topKMeanTakesTheLargest() {
    assertGives(e -> of(e, 1, 9, 3, 7).topKMean(2, 0), Shape.of(), 8);
    assertGives(e -> of(e, 5, 5, 5, 1).topKMean(2, -1), Shape.of(), 5);
    assertGives(e -> counting(e, 3, 2).topKMean(2, 0), Shape.of(2), 4, 5);
    assertGives(e -> counting(e, 1, 3, 2).topKMean(3, -2), Shape.of(1, 2), 3, 4);
    assertGives(e -> counting(e, 2, 3).topKMean(1, 1), Shape.of(2), 3, 6);
    assertRefused(e -> counting(e, 2, 3).topKMean(4, 1), "[1, 3]");
    assertRefused(e -> counting(e, 2, 3).topKMean(0, 1), "[1, 3]");
    assertEquals(List.of(1, 2, 0), boxed(of(SCALAR, 3, 5, 5, 1).topKIndices(3).toInts()));
  }

  private static List<Integer> boxed(int[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  @Test
  void poolsOverTime() {
    assertGives(e -> counting(e, 1, 5, 1).maxPool1d(3, 1, 1), Shape.of(1, 5, 1), 2, 3, 4, 5, 5);
    assertGives(e -> counting(e, 1, 5, 1).maxPool1d(2, 2, 0), Shape.of(1, 2, 1), 2, 4);
    assertGives(
        e -> counting(e, 1, 3, 2).negate().maxPool1d(3, 2, 1), Shape.of(1, 2, 2), -1, -2, -3, -4);
    assertGives(e -> counting(e, 1, 3, 1).avgPool1d(3, 1, 1), Shape.of(1, 3, 1), 1, 2, 5.0 / 3);
    assertGives(e -> counting(e, 1, 4, 1).avgPool1d(2, 2, 0), Shape.of(1, 2, 1), 1.5, 3.5);
    assertRefused(e -> counting(e, 1, 2, 1).maxPool1d(3, 1, 0), "maxPool1d", "kernel 3 > 2");
    assertRefused(e -> counting(e, 1, 2, 1).maxPool1d(2, 1, 2), "maxPool1d", "padding", "2");
    assertRefused(e -> counting(e, 1, 2, 1).maxPool1d(2, 1, -1), "maxPool1d", "-1");
    assertRefused(e -> counting(e, 1, 2, 1).avgPool1d(2, 1, 2), "avgPool1d", "padding", "2");
    assertRefused(e -> counting(e, 4, 2).maxPool1d(2, 1, 0), "maxPool1d", "(N,T,C)", "[4, 2]");
    assertRefused(e -> counting(e, 4, 2).avgPool1d(2, 1, 0), "avgPool1d", "(N,T,C)", "[4, 2]");
  }

  @Test
  void matmulBroadcastsItsLeadingAxes() {
    assertGives(e -> counting(e, 2, 2).matmul(counting(e, 2, 2)), Shape.of(2, 2), 7, 10, 15, 22);
    assertGives(
        e -> counting(e, 2, 1, 2).matmul(counting(e, 2, 2)), Shape.of(2, 1, 2), 7, 10, 15, 22);
    assertGives(e -> counting(e, 1, 2).matmul(counting(e, 2, 2, 1)), Shape.of(2, 1, 1), 5, 11);
    assertGives(
        e -> counting(e, 2, 1, 1, 2).matmul(counting(e, 1, 2, 2, 1)),
        Shape.of(2, 2, 1, 1),
        5,
        11,
        11,
        25);
    assertGives(
        e -> counting(e, 2, 3, 0).matmul(e.zeros(Shape.of(0, 1))),
        Shape.of(2, 3, 1),
        0,
        0,
        0,
        0,
        0,
        0);
    assertGives(e -> e.zeros(Shape.of(0, 3, 2)).matmul(counting(e, 2, 2)), Shape.of(0, 3, 2));
    assertRefused(
        e -> counting(e, 2, 3, 4).matmul(counting(e, 5, 6)),
        "matmul",
        "[2, 3, 4]",
        "[5, 6]",
        "4 != 5");
  }

  @Test
  void matmulAddsWhatBroadcasts() {
    assertGives(
        e -> counting(e, 2, 2).matmul(counting(e, 2, 2), counting(e, 2)),
        Shape.of(2, 2),
        8,
        12,
        16,
        24);
    assertGives(
        e -> counting(e, 2, 1, 2).matmul(counting(e, 2, 2), counting(e, 2)),
        Shape.of(2, 1, 2),
        8,
        12,
        16,
        24);
    assertGives(
        e -> counting(e, 2, 1, 2).matmul(counting(e, 2, 1), counting(e, 2, 1, 1)),
        Shape.of(2, 1, 1),
        6,
        13);
    assertRefused(
        e -> counting(e, 2, 2).matmul(counting(e, 2, 2), counting(e, 2, 2, 2)),
        "matmul",
        "addend [2, 2, 2]");
  }

  @Test
  void reshapeFindsOneOpenSize() {
    assertGives(e -> counting(e, 2, 3).reshape(-1), Shape.of(6), 1, 2, 3, 4, 5, 6);
    assertGives(e -> counting(e, 2, 3).reshape(3, -1), Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
    assertGives(e -> counting(e, 0, 3).reshape(-1, 3), Shape.of(0, 3));
    assertGives(e -> counting(e, 0, 3).reshape(0, -1), Shape.of(0, 0));
    assertRefused(e -> counting(e, 2, 3).reshape(4, -1), "reshape", "[2, 3]", "[4, -1]");
    assertRefused(e -> counting(e, 2, 3).reshape(-1, -1), "reshape", "[2, 3]", "[-1, -1]");
    assertRefused(e -> counting(e, 2, 3).reshape(0, -1), "reshape", "[2, 3]", "[0, -1]");
    assertRefused(e -> counting(e, 2, 3).reshape(-2, -3), "negative");
    Tensor x = counting(REFERENCE, 2, 3);
    assertSame(x, x.reshape(2, 3));
  }

  @Test
  void movesAxes() {
    assertEquals(Shape.of(3, 4, 2), counting(REFERENCE, 2, 3, 4).moveAxis(0, -1).shape());
    assertEquals(Shape.of(4, 2, 3), counting(REFERENCE, 2, 3, 4).moveAxis(-1, 0).shape());
    assertEquals(Shape.of(4, 3, 2), counting(REFERENCE, 2, 3, 4).transpose(-1, 0).shape());
    assertGives(e -> counting(e, 2, 3).transpose(0, 1), Shape.of(3, 2), 1, 4, 2, 5, 3, 6);
    assertGives(e -> counting(e, 2, 3).select(-1, 2), Shape.of(2), 3, 6);
    assertRefused(e -> counting(e, 2, 3).select(1, 3), "select: position 3", "[-3, 3)");
    assertRefused(e -> counting(e, 2, 3).moveAxis(2, 0), "axis 2");
    assertRefused(e -> counting(e, 2, 3).transpose(0, -3), "axis -3");
    assertGives(
        e -> counting(e, 1, 2).concat(0, List.of(counting(e, 2, 2))),
        Shape.of(3, 2),
        1,
        2,
        1,
        2,
        3,
        4);
    assertGives(e -> counting(e, 2).pad(-1, 1, 2, 9), Shape.of(5), 9, 1, 2, 9, 9);
  }

  @Test
  void gatherAndScatterShareLeadingAxes() {
    assertGives(
        e -> counting(e, 2, 3).gather(1, e.indices(new int[] {2, 0}, 2)),
        Shape.of(2, 2),
        3,
        1,
        6,
        4);
    assertGives(
        e -> counting(e, 2, 3).gather(-1, e.indices(new int[] {2, 0}, 2, 1)), Shape.of(2, 1), 3, 4);
    assertGives(
        e -> counting(e, 3, 2).gather(0, e.indices(new int[] {2, 2}, 2)),
        Shape.of(2, 2),
        5,
        6,
        5,
        6);
    assertGives(
        e -> counting(e, 2, 2).scatterAdd(1, e.indices(new int[] {1, 1}, 2), 3),
        Shape.of(2, 3),
        0,
        3,
        0,
        0,
        7,
        0);
    assertGives(
        e -> counting(e, 2, 2).scatterAdd(0, e.indices(new int[] {2, 0}, 2), 3),
        Shape.of(3, 2),
        3,
        4,
        0,
        0,
        1,
        2);
  }

  @Test
  void resampleKeepsWhatIsConstantOrAsLong() {
    assertGives(e -> counting(e, 1, 5).resample(1, 5), Shape.of(1, 5), 1, 2, 3, 4, 5);
    assertGives(e -> e.full(2, Shape.of(3)).resample(0, 7), Shape.of(7), 2, 2, 2, 2, 2, 2, 2);
    assertGives(e -> of(e, 0, 4).resample(-1, 4), Shape.of(4), 0, 1, 3, 4);
    assertGives(e -> of(e, 0, 1, 2, 3).resample(0, 2), Shape.of(2), 0.5, 2.5);
    assertGives(e -> of(e, 3).resample(0, 3), Shape.of(3), 3, 3, 3);
    assertGives(e -> counting(e, 2, 2).resample(0, 1), Shape.of(1, 2), 2, 3);
  }

  @Test
  void windowsOverlapAndFoldAddsThemUp() {
    assertGives(e -> counting(e, 5).unfold(0, 3, 2), Shape.of(2, 3), 1, 2, 3, 3, 4, 5);
    assertGives(e -> counting(e, 2, 3).fold(0, 2, 5), Shape.of(5), 1, 2, 7, 5, 6);
    assertGives(e -> counting(e, 2, 2).fold(-2, 1, 3), Shape.of(3), 1, 5, 4);
  }

  @Test
  void solveOfASingularMatrixNamesIt() {
    for (Engine engine : List.of(REFERENCE, SCALAR)) {
      Tensor a = engine.tensor(new double[] {2, 0, 0, 2, 1, 2, 2, 4}, 2, 2, 2);
      Tensor right = engine.full(1, Shape.of(2, 2, 1));
      SingularMatrixException refused =
          assertThrows(SingularMatrixException.class, () -> a.solve(right));
      assertEquals(
          "solve: matrix 1 of %s (B,n,n), right side %s (B,n,m), is singular: "
                  .formatted(a.shape(), right.shape())
              + "column 1 depends on the columns before it",
          refused.getMessage());
      assertEquals("KNUM-004", refused.code());
    }
  }

  /** What does not pass the larger of two gets 0, even where the gradient is infinite. */
  @Test
  void theGradientOfALargerOfTwoIsGated() {
    for (Engine engine : List.of(REFERENCE, SCALAR)) {
      Tensor left = of(engine, 1, 5, 2);
      Tensor right = of(engine, 3, 3, 2);
      Tensor gradient = engine.full(Double.POSITIVE_INFINITY, left.shape());
      List<Tensor> inputs = List.of(left, right);
      double inf = Double.POSITIVE_INFINITY;
      Tensor larger = left.maximum(right);
      assertArrayEquals(
          new double[] {0, inf, inf}, new Maximum().vjp(0, inputs, larger, gradient).toDoubles());
      assertArrayEquals(
          new double[] {inf, 0, 0}, new Maximum().vjp(1, inputs, larger, gradient).toDoubles());
      Tensor smaller = left.minimum(right);
      assertArrayEquals(
          new double[] {inf, 0, inf}, new Minimum().vjp(0, inputs, smaller, gradient).toDoubles());
      assertArrayEquals(
          new double[] {0, inf, 0}, new Minimum().vjp(1, inputs, smaller, gradient).toDoubles());
    }
  }

  @Test
  void solveUndoesMatmul() {
    assertGives(
        e ->
            e.tensor(new double[] {0, 2, 1, 1}, 1, 2, 2)
                .solve(e.tensor(new double[] {4, 5}, 1, 2, 1)),
        Shape.of(1, 2, 1),
        3,
        2);
  }
}
