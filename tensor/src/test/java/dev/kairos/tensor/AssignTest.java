// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.contract.Campaign;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writing into views, also from views of the same memory: as NumPy, what was there before counts.
 */
final class AssignTest {
  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar", "cpu"})
  void overlappingViewsGiveWhatTheyHeldBefore(String backend) {
    try (Engine engine = Engine.open(backend, 2)) {
      Tensor x = engine.tensor(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3);
      x.assign(x.transpose(0, 1));
      assertArrayEquals(new double[] {1, 4, 7, 2, 5, 8, 3, 6, 9}, x.toDoubles());
      Tensor up = engine.tensor(new double[] {1, 2, 3, 4, 5}, 5);
      up.narrow(0, 1, 4).assign(up.narrow(0, 0, 4));
      assertArrayEquals(new double[] {1, 1, 2, 3, 4}, up.toDoubles());
      Tensor down = engine.tensor(new double[] {1, 2, 3, 4, 5}, 5);
      down.narrow(0, 0, 4).assign(down.narrow(0, 1, 4));
      assertArrayEquals(new double[] {2, 3, 4, 5, 5}, down.toDoubles());
      Tensor spread = engine.tensor(new double[] {1, 2, 3}, 3);
      spread.assign(spread.narrow(0, 2, 1).broadcastTo(Shape.of(3)));
      assertArrayEquals(new double[] {3, 3, 3}, spread.toDoubles());
      Tensor at = engine.indices(new int[] {1, 2, 3, 4}, 2, 2);
      at.assign(at.transpose(0, 1));
      assertArrayEquals(new int[] {1, 3, 2, 4}, at.toInts());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void viewsThatRepeatElementsAreRefused(String backend) {
    try (Engine engine = Engine.open(backend, 1)) {
      Tensor one = engine.zeros(Shape.of(1));
      Tensor three = engine.tensor(new double[] {1, 2, 3}, 3);
      ShapeException error =
          assertThrows(ShapeException.class, () -> one.broadcastTo(Shape.of(3)).assign(three));
      assertEquals(
          "assign: [3] into a view [3] that repeats elements; assign to the tensor it is a view of,"
              + " or to a copy()",
          error.getMessage());
      assertEquals(0, one.item());
      Tensor windows = engine.zeros(Shape.of(4)).unfold(0, 2, 1);
      assertThrows(ShapeException.class, () -> windows.assign(engine.zeros(Shape.of(3, 2))));
      Tensor apart = engine.zeros(Shape.of(4));
      apart.unfold(0, 2, 2).assign(engine.tensor(new double[] {1, 2, 3, 4}, 2, 2));
      assertArrayEquals(new double[] {1, 2, 3, 4}, apart.toDoubles());
      engine.zeros(Shape.of(0)).broadcastTo(Shape.of(3, 0)).assign(engine.zeros(Shape.of(3, 0)));
    }
  }

  @Test
  void aCopyIsMemoryOfItsOwn() {
    try (Engine engine = Engine.open("scalar", 1)) {
      Tensor x = engine.tensor(new double[] {1, -0.0, 3, 4}, 2, 2);
      Tensor copy = x.transpose(0, 1).copy();
      x.fill(9);
      assertArrayEquals(new double[] {1, 3, -0.0, 4}, copy.toDoubles());
      assertTrue(copy.data().isContiguous());
    }
  }

  /** Two random views of one memory, assigned; each element is looked up in a model by itself. */
  @Test
  void randomViewsFollowAModel() {
    try (Engine reference = Engine.open("reference", 1);
        Engine scalar = Engine.open("scalar", 1);
        Engine cpu = Engine.open("cpu", 2)) {
      for (long seed : Campaign.seeds(0, 400)) {
        for (Engine engine : new Engine[] {reference, scalar, cpu}) {
          try (Scope scope = engine.scope()) {
            trial(engine, seed);
          }
        }
      }
    }
  }

  private static void trial(Engine engine, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] sizes = random.ints(random.nextInt(1, 4), 1, 7).toArray();
    Shape shape = Shape.of(sizes);
    double[] held = new double[shape.count()];
    Arrays.setAll(held, i -> i);
    Tensor base = engine.tensor(held, sizes);
    Tensor target = view(random, base);
    Tensor source = view(random, base);
    for (int i = 0; i < 20 && !source.shape().equals(target.shape()); i++) {
      source = view(random, base);
    }
    if (!source.shape().equals(target.shape())) {
      source = target;
    }
    String what = engine + ", seed " + seed + ": " + source.data() + " into " + target.data();
    double[] places = target.toDoubles(); // each element still is its own place
    double[] values = source.toDoubles();
    if (Arrays.stream(places).distinct().count() < places.length) {
      Tensor from = source;
      assertThrows(ShapeException.class, () -> target.assign(from), what);
    } else {
      target.assign(source);
      for (int i = 0; i < places.length; i++) {
        held[(int) places[i]] = values[i];
      }
    }
    assertArrayEquals(held, base.toDoubles(), what);
  }

  private static Tensor view(SplittableRandom random, Tensor base) {
    Tensor seen = base;
    for (int n = random.nextInt(4); n > 0; n--) {
      int rank = seen.shape().rank();
      int axis = rank == 0 ? 0 : random.nextInt(rank);
      int size = rank == 0 ? 1 : seen.shape().size(axis);
      seen =
          switch (rank == 0 ? 3 : random.nextInt(4)) {
            case 0 -> {
              int start = random.nextInt(size);
              yield seen.narrow(axis, start, random.nextInt(1, size - start + 1));
            }
            case 1 -> seen.transpose(axis, random.nextInt(rank));
            case 2 -> seen.unfold(axis, random.nextInt(1, size + 1), random.nextInt(1, 4));
            default -> seen.broadcastTo(Shape.of(random.nextInt(1, 3)).then(seen.shape()));
          };
    }
    return seen;
  }
}
