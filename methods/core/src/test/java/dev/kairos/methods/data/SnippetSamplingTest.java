// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnippetSamplingTest {

  @Test
  void uniformTakesTheFloor() {
    assertArrayEquals(new int[] {0, 2, 5, 7}, SnippetSampling.uniform(4, 10));
    assertArrayEquals(new int[] {0, 0, 1, 1, 2}, SnippetSampling.uniform(5, 3));
    assertArrayEquals(new int[] {0}, SnippetSampling.uniform(1, 9));
    assertEquals(2147483, SnippetSampling.uniform(1_000_000, Integer.MAX_VALUE)[1000]);
  }

  @Test
  void rangesIncludeBothEnds() {
    assertArrayEquals(new int[] {0, 2, 5, 7}, SnippetSampling.lowest(4, 10));
    assertArrayEquals(new int[] {2, 5, 7, 9}, SnippetSampling.highest(4, 10));
    assertArrayEquals(new int[] {0, 1, 1, 2, 2}, SnippetSampling.highest(5, 3));
  }

  @Test
  void equalLengthsAreTheIdentityAndDrawNothing() {
    int[] identity = IntStream.range(0, 50).toArray();
    SplittableRandom random = new SplittableRandom(1);
    assertArrayEquals(identity, SnippetSampling.random(50, 50, random));
    assertArrayEquals(identity, SnippetSampling.uniform(50, 50));
    assertEquals(new SplittableRandom(1).nextLong(), random.nextLong());
  }

  @Test
  void everyIndexOfARangeIsDrawnAndNoneBesideIt() {
    int[] lowest = SnippetSampling.lowest(4, 10);
    int[] highest = SnippetSampling.highest(4, 10);
    int[][] count = new int[4][10];
    SplittableRandom random = new SplittableRandom(7);
    for (int draw = 0; draw < 6000; draw++) {
      int[] indices = SnippetSampling.random(4, 10, random);
      int[] sorted = indices.clone();
      Arrays.sort(sorted);
      assertArrayEquals(sorted, indices, "never backwards");
      for (int i = 0; i < 4; i++) {
        count[i][indices[i]]++;
      }
    }
    for (int i = 0; i < 4; i++) {
      double mean = 6000.0 / (highest[i] - lowest[i] + 1);
      for (int t = 0; t < 10; t++) {
        boolean possible = lowest[i] <= t && t <= highest[i];
        assertTrue(possible ? Math.abs(count[i][t] - mean) < 250 : count[i][t] == 0);
      }
    }
  }

  @Test
  void rejectsEmptyRecordings() {
    assertThrows(IllegalArgumentException.class, () -> SnippetSampling.uniform(0, 5));
    assertThrows(IllegalArgumentException.class, () -> SnippetSampling.uniform(5, 0));
    assertThrows(IllegalArgumentException.class, () -> SnippetSampling.highest(5, -1));
  }
}
