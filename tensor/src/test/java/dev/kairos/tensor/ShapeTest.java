// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ShapeTest {
  private final Shape shape = Shape.of(2, 3, 4);

  @Test
  void countsAndAxes() {
    assertEquals(24, shape.count());
    assertEquals(1, Shape.of().count());
    assertEquals(0, Shape.of(2, 0).count());
    assertEquals(3, shape.rank());
    assertEquals(4, shape.size(-1));
    assertEquals(2, shape.size(-3));
    assertEquals("[2, 3, 4]", shape.toString());
  }

  @Test
  void aShapeWithAnEmptyAxisIsEmptyInAnyOrder() {
    for (int[] sizes : new int[][] {{65536, 65536, 0}, {65536, 0, 65536}, {0, 65536, 65536}}) {
      assertEquals(0, Shape.of(sizes).count());
      assertEquals(0, Shape.of(sizes).slice(0, 2).count());
      assertEquals(0, Shape.of(sizes).slice(1, 3).count());
    }
    assertEquals(0, Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 0).count());
    assertThrows(ShapeException.class, () -> Shape.of(65536, 65536, 0).remove(2));
    assertThrows(ShapeException.class, () -> Shape.of(65536, 65536, 1));
    assertThrows(ShapeException.class, () -> Shape.of(65536, -1, 0));
  }

  @Test
  void copiesOnTheWayInAndOut() {
    int[] sizes = {2, 3};
    Shape made = Shape.of(sizes);
    sizes[0] = 9;
    made.sizes()[1] = 9;
    assertEquals(Shape.of(2, 3), made);
    assertEquals(Shape.of(2, 3).hashCode(), made.hashCode());
    assertNotEquals(Shape.of(3, 2), made);
  }

  @Test
  void changesGiveNewShapes() {
    assertEquals(Shape.of(2, 7, 4), shape.with(-2, 7));
    assertEquals(Shape.of(2, 3, 5, 4), shape.insert(2, 5));
    assertEquals(Shape.of(2, 3, 4, 5), shape.insert(3, 5));
    assertEquals(Shape.of(2, 4), shape.remove(-2));
    assertEquals(Shape.of(3, 4), shape.slice(1, 3));
    assertEquals(Shape.of(2, 3, 4, 1), shape.then(Shape.of(1)));
    assertEquals(Shape.of(2, 3, 4), shape);
  }

  @Test
  void broadcastMatchesFromTheLastAxis() {
    assertEquals(Shape.of(2, 3), Shape.broadcast("add", Shape.of(2, 1), Shape.of(3)));
    assertEquals(Shape.of(2, 3), Shape.broadcast("add", Shape.of(), Shape.of(2, 3)));
    assertEquals(Shape.of(0), Shape.broadcast("add", Shape.of(1), Shape.of(0)));
    String message =
        assertThrows(
                ShapeException.class, () -> Shape.broadcast("add", Shape.of(2, 3), Shape.of(2)))
            .getMessage();
    assertEquals("add: shapes do not broadcast: [2, 3] and [2]: 3 != 2", message);
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(() -> Shape.of(2, -1), "[2, -1]");
    assertRefused(() -> Shape.of(1 << 16, 1 << 15), "2^31 - 1");
    assertRefused(() -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 4), "2^31 - 1");
    assertRefused(() -> shape.axis(3), "axis 3 is not an axis of [2, 3, 4]");
    assertRefused(() -> shape.axis(-4), "axis -4");
    assertRefused(() -> shape.size(3), "axis 3");
    assertRefused(() -> shape.remove(3), "axis 3");
    assertRefused(() -> shape.with(3, 1), "axis 3");
    assertRefused(() -> shape.insert(4, 1), "[2, 3, 4]");
    assertRefused(() -> shape.insert(-1, 1), "[2, 3, 4]");
  }

  private static void assertRefused(Runnable call, String fragment) {
    String message = assertThrows(ShapeException.class, call::run).getMessage();
    assertTrue(message.contains(fragment), message);
  }
}
