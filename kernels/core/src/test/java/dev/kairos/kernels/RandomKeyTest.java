// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomKeyTest {

  @Test
  void theSamePathGivesTheSameKey() {
    RandomKey root = new RandomKey(42, 0);
    assertEquals(root.child("dropout").child(7), new RandomKey(42, 0).child("dropout").child(7));
    assertEquals(42, root.child("dropout").seed());
  }

  @Test
  void theOrderOfAPathMatters() {
    RandomKey root = new RandomKey(42, 0);
    assertNotEquals(root.child(1).child(2), root.child(2).child(1));
    assertNotEquals(root.child("a").child("b"), root.child("b").child("a"));
    assertNotEquals(root.child("ab"), root.child("a").child("b"));
    assertNotEquals(root, root.child(0));
    assertNotEquals(root, root.child(""));
  }

  /** Steps of a run, layers of a model: numbers that are small and close to each other. */
  @Test
  void smallNumbersOnTwoLevelsGiveDifferentKeys() {
    Set<RandomKey> keys = new HashSet<>();
    int expected = 0;
    for (long stream = 0; stream < 4; stream++) {
      RandomKey root = new RandomKey(1, stream);
      assertTrue(keys.add(root));
      expected++;
      for (int i = -150; i < 150; i++) {
        keys.add(root.child(i));
        keys.add(root.child("layer" + i));
        expected += 2;
        for (int j = 0; j < 100; j++) {
          keys.add(root.child(i).child(j));
          expected++;
        }
      }
    }
    assertEquals(expected, keys.size());
  }

  private static double[] units(RandomKey key, int blocks) {
    double[] units = new double[4 * blocks];
    int[] words = new int[4];
    for (int n = 0; n < blocks; n++) {
      Philox.block(key, n, words);
      for (int i = 0; i < 4; i++) {
        units[4 * n + i] = Philox.unit(words[i]) - 0.5;
      }
    }
    return units;
  }

  @Test
  void neighbouringChildrenAreUncorrelated() {
    int blocks = 2500;
    RandomKey root = new RandomKey(7, 0);
    double[] before = units(root, blocks);
    for (int child = 0; child < 20; child++) {
      double[] now = units(root.child(child), blocks);
      double product = 0;
      for (int i = 0; i < now.length; i++) {
        product += before[i] * now[i];
      }
      // Of n independent pairs, each of variance 1/12.
      double deviation = Math.sqrt(now.length) / 12;
      assertTrue(Math.abs(product) < 4 * deviation, "child " + child + ": " + product / deviation);
      before = now;
    }
  }
}
