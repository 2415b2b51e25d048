// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and writing tensors, and what their types allow. */
final class TensorTest {
  private Engine engine = Engine.open("reference", 1);

  @AfterEach
  void close() {
    engine.close();
  }

  private void on(String backend) {
    engine.close();
    engine = Engine.open(backend, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void readsInRowOrderThroughViews(String backend) {
    on(backend);
    Tensor x = engine.tensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertArrayEquals(new double[] {1, 4, 2, 5, 3, 6}, x.transpose(0, 1).toDoubles());
    assertArrayEquals(new float[] {2, 3, 5, 6}, x.narrow(1, 1, 2).toFloats());
    assertEquals(6, x.narrow(0, 1, 1).narrow(1, 2, 1).item());
    Tensor at = engine.indices(new int[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertArrayEquals(new int[] {1, 4, 2, 5, 3, 6}, at.permute(1, 0).toInts());
    assertArrayEquals(
        new int[] {4, 4, 5, 5},
        at.narrow(0, 1, 1)
            .unfold(1, 1, 1)
            .reshape(3)
            .narrow(0, 0, 2)
            .reshape(2, 1)
            .broadcastTo(Shape.of(2, 2))
            .toInts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void fillAndAssignWriteThroughViews(String backend) {
    on(backend);
    Tensor x = engine.zeros(Shape.of(2, 3));
    x.narrow(1, 1, 1).fill(7);
    x.select(0, 1).narrow(0, 0, 1).assign(engine.full(5, Shape.of(1)));
    assertArrayEquals(new double[] {0, 7, 0, 5, 7, 0}, x.toDoubles());
    x.transpose(0, 1).assign(engine.tensor(new double[] {1, 2, 3, 4, 5, 6}, 3, 2));
    assertArrayEquals(new double[] {1, 3, 5, 2, 4, 6}, x.toDoubles());
    Tensor at = engine.indices(new int[] {1, 2}, 2);
    at.assign(engine.indices(new int[] {8, 9}, 2));
    assertArrayEquals(new int[] {8, 9}, at.toInts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void typesThatDoNotFitAreRefused(String backend) {
    on(backend);
    Tensor x = engine.zeros(Shape.of(2));
    Tensor at = engine.indices(new int[] {1, 2}, 2);
    assertRefused(x::toInts, "needs INT32");
    assertRefused(at::toDoubles, "toDoubles: needs reals, not [2] INT32");
    assertRefused(at::toFloats, "toFloats: needs reals");
    assertRefused(() -> at.narrow(0, 0, 1).item(), "item: needs reals");
    assertRefused(() -> at.fill(1), "fill: needs reals");
    assertRefused(() -> at.assign(x), "INT32");
    assertRefused(() -> x.assign(at), "INT32");
    assertRefused(() -> at.add(at), "needs reals");
    assertThrows(ShapeException.class, () -> x.assign(engine.zeros(Shape.of(1))));
    assertThrows(ShapeException.class, x::item);
    assertThrows(ShapeException.class, () -> engine.zeros(Shape.of(0)).item());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void oneElementByPosition(String backend) {
    on(backend);
    Tensor x = engine.tensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertEquals(6, x.get(1, 2));
    assertEquals(3, x.get(0, -1));
    assertEquals(1, x.get(-2, -3));
    assertEquals(4, x.transpose(0, 1).narrow(0, -3, 2).get(0, 1));
    assertEquals(5, x.broadcastTo(Shape.of(4, 2, 3)).get(3, 1, 1));
    assertEquals(-7, engine.indices(new int[] {8, -7}, 2).get(1));
    long bytes = 5L * engine.realBytes() + Integer.BYTES;
    assertEquals(6, engine.transfers().reads());
    assertEquals(bytes, engine.transfers().bytesRead());
  }

  private static void assertPosition(String expected, Executable call) {
    assertEquals(expected, assertThrows(ShapeException.class, call).getMessage());
  }

  @Test
  void positionsThatAreNoneAreRefused() {
    Tensor x = engine.zeros(Shape.of(2, 3));
    assertPosition("get: position 3 is outside [-3, 3), axis 1 of [2, 3]", () -> x.get(0, 3));
    assertPosition("get: position -3 is outside [-2, 2), axis 0 of [2, 3]", () -> x.get(-3, 0));
    assertPosition("get: needs a position for each axis of [2, 3], not [1]", () -> x.get(1));
    assertPosition("get: needs a position for each axis of [2, 3], not []", x::get);
    Tensor none = engine.zeros(Shape.of(2, 0));
    assertPosition("get: position 0 is outside [0, 0), axis 1 of [2, 0]", () -> none.get(0, 0));
    assertPosition(
        "select: position -4 is outside [-3, 3), axis -1 of [2, 3]", () -> x.select(-1, -4));
    assertPosition(
        "narrow: start -4 is outside [-3, 3], axis 1 of [2, 3]", () -> x.narrow(1, -4, 1));
  }

  private static void assertOutside(String expected, Executable call) {
    assertEquals(expected, assertThrows(IndexOutOfBoundsException.class, call).getMessage());
  }

  private static void assertRefused(Runnable call, String fragment) {
    String message = assertThrows(DTypeException.class, call::run).getMessage();
    assertTrue(message.contains(fragment), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void positionsOutsideAreRefused(String backend) {
    on(backend);
    Tensor x = engine.zeros(Shape.of(3, 2));
    for (int wrong : new int[] {-1, 3}) {
      Tensor at = engine.indices(new int[] {0, wrong}, 2);
      String outside = "position " + wrong + " at [1] is outside [0, 3), axis 0: positions [2], ";
      assertOutside("gather: " + outside + "rows [3, 2]", () -> x.gather(0, at));
      assertOutside(
          "scatterAdd: " + outside + "rows [2, 2]", () -> x.narrow(0, 0, 2).scatterAdd(0, at, 3));
    }
    Tensor batch = engine.zeros(Shape.of(2, 3, 4));
    Tensor each = engine.indices(new int[] {0, 1, 2, 7}, 2, 2);
    assertOutside(
        "gather: position 7 at [1, 1] is outside [0, 3), axis -2: positions [2, 2], rows [2, 3, 4]",
        () -> batch.gather(-2, each));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> engine.zeros(Shape.of(0, 2)).gather(0, engine.indices(new int[] {0}, 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void scalarsHaveNoAxes(String backend) {
    on(backend);
    Tensor two = engine.full(2, Shape.of());
    assertEquals(Shape.of(), two.multiply(two).shape());
    assertEquals(4, two.square().item());
    assertEquals(2, two.sum().item());
    assertEquals(2, two.mean().item());
    assertEquals(Shape.of(1, 1), two.reshape(1, 1).shape());
    assertEquals(Shape.of(1), two.reshape(-1).shape());
    assertEquals(Shape.of(), engine.tensor(new double[] {3}).shape());
    assertThrows(ShapeException.class, two::softmax);
    assertThrows(ShapeException.class, () -> two.concat(0, List.of(two)));
    assertEquals(2, two.get());
  }
}
