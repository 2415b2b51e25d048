// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.training.EpochOrder.Rest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
  private static final RandomKey KEY = new RandomKey(3, 5);

  private static int[] all(EpochOrder order, long from, long to) {
    return LongStream.range(from, to).mapToObj(order::at).flatMapToInt(Arrays::stream).toArray();
  }

  private static void assertPermutation(int[] items, int count) {
    int[] sorted = items.clone();
    Arrays.sort(sorted);
    assertArrayEquals(IntStream.range(0, count).toArray(), sorted);
  }

  @Test
  void aSmallerBatchEndsTheEpoch() {
    EpochOrder order = new EpochOrder(7, 3, Rest.SMALLER, KEY);
    assertEquals(6, order.steps(2));
    assertPermutation(all(order, 0, 3), 7);
    assertPermutation(all(order, 3, 6), 7);
    assertEquals(1, order.at(2).length);
    assertEquals(new StepPosition(5, 1, 2, true), order.position(5));
    assertEquals(new StepPosition(3, 1, 0, false), order.position(3));
  }

  @Test
  void theRestIsLeftOut() {
    EpochOrder order = new EpochOrder(7, 3, Rest.LEFT_OUT, KEY);
    assertEquals(4, order.steps(2));
    Set<Integer> seen = new HashSet<>();
    for (int item : all(order, 2, 4)) {
      assertTrue(seen.add(item));
    }
    assertEquals(6, seen.size());
    assertTrue(order.position(3).endsEpoch());
  }

  @Test
  void theRestIsCarried() {
    EpochOrder order = new EpochOrder(7, 3, Rest.CARRIED, KEY);
    int[] first = all(order, 0, 7); // 21 items: three whole epochs
    for (int epoch = 0; epoch < 3; epoch++) {
      assertPermutation(Arrays.copyOfRange(first, 7 * epoch, 7 * epoch + 7), 7);
    }
    assertEquals(3, order.steps(1), "begin with items 0, 3 and 6");
    assertEquals(5, order.steps(2), "begin with items 9 and 12 of the second");
    assertEquals(7, order.steps(3));
    assertEquals(new StepPosition(2, 0, 2, true), order.position(2));
    assertEquals(new StepPosition(3, 1, 0, false), order.position(3));
    assertEquals(new StepPosition(4, 1, 1, true), order.position(4));
    assertEquals(new StepPosition(5, 2, 0, false), order.position(5));
  }

  @Test
  void dependsOnKeyAndStepAlone() {
    EpochOrder one = new EpochOrder(50, 8, Rest.SMALLER, KEY);
    EpochOrder other = new EpochOrder(50, 8, Rest.SMALLER, KEY);
    int[] late = one.at(20);
    one.at(1);
    assertArrayEquals(late, other.at(20));
    assertArrayEquals(late, one.at(20));
    assertFalse(Arrays.equals(one.at(0), one.at(7)), "another order in the next epoch");
    assertFalse(Arrays.equals(one.at(0), new EpochOrder(50, 8, Rest.SMALLER, KEY.child(1)).at(0)));
  }

  @Test
  void aBatchIsNeverLargerThanTheSet() {
    for (Rest rest : Rest.values()) {
      EpochOrder order = new EpochOrder(2, 9, rest, KEY);
      assertEquals(4, order.steps(4), rest.name());
      assertPermutation(order.at(3), 2);
    }
    assertThrows(IllegalArgumentException.class, () -> new EpochOrder(0, 1, Rest.SMALLER, KEY));
    assertThrows(IllegalArgumentException.class, () -> new EpochOrder(1, 0, Rest.SMALLER, KEY));
  }
}
