// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PhiloxTest {

  private static int[] block(RandomKey key, long counter) {
    int[] words = new int[4];
    Philox.block(key, counter, words);
    return words;
  }

  /** Two 32-bit words as one number, the first one low. */
  private static long words(int low, int high) {
    return ((long) high << 32) | (low & 0xFFFFFFFFL);
  }

  // The three cases for "philox4x32 10" in Random123's file of known answers (kat_vectors).

  @Test
  void knownAnswerOfZeros() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, block(new RandomKey(0, 0), 0));
  }

  @Test
  void knownAnswerOfOnes() {
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
        block(new RandomKey(-1, -1), -1));
  }

  @Test
  void knownAnswerOfTheDigitsOfPi() {
    RandomKey key = new RandomKey(words(0xa4093822, 0x299f31d0), words(0x13198a2e, 0x03707344));
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        block(key, words(0x243f6a88, 0x85a308d3)));
  }

  @Test
  void unitsLieInZeroToOne() {
    assertEquals(0f, Philox.unit(0));
    assertEquals(0f, Philox.unit(0xFF));
    assertEquals(0x1p-24f, Philox.unit(0x100));
    assertEquals(0.5f, Philox.unit(0x80000000));
    assertEquals(1 - 0x1p-24f, Philox.unit(-1));
    assertTrue(Philox.unit(-1) < 1);
  }

  /** At, and one double beside, numbers that are drawn and numbers between them. */
  @Test
  void thresholdsCompareAsUnitsDo() {
    for (int bits : new int[] {0, 1, 2, 1000, 0x7FFFFF, 0x800000, 0xFFFFFF}) {
      double unit = Philox.unit(bits << 8);
      for (double p :
          new double[] {unit, Math.nextUp(unit), Math.nextDown(unit), unit + 0x1p-25, 0.7}) {
        for (int other : new int[] {0, bits - 1, bits, bits + 1, 0xFFFFFF}) {
          int word = Math.min(Math.max(other, 0), 0xFFFFFF) << 8 | 0xA5;
          assertEquals(
              Philox.unit(word) < p, word >>> 8 < Philox.threshold(p), word + " against " + p);
        }
      }
    }
    assertEquals(0, Philox.threshold(0));
    assertEquals(1 << 24, Philox.threshold(1));
  }

  @Test
  void aGeneratorGivesTheWordsInOrder() {
    RandomKey key = new RandomKey(3, 4);
    RandomGenerator generator = Philox.generator(key);
    for (int n = 0; n < 5; n++) {
      int[] w = block(key, n);
      assertEquals(words(w[1], w[0]), generator.nextLong());
      assertEquals(words(w[3], w[2]), generator.nextLong());
    }
  }

  @Test
  void unitsAreUniform() {
    int[] counts = new int[64];
    int draws = 64_000;
    for (int n = 0; n < draws / 4; n++) {
      for (int word : block(new RandomKey(99, 1), n)) {
        counts[(int) (Philox.unit(word) * counts.length)]++;
      }
    }
    double mean = (double) draws / counts.length;
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - mean) * (count - mean) / mean;
    }
    // 63 degrees of freedom: mean 63, deviation 11.2.
    assertTrue(chiSquare > 30 && chiSquare < 108, "chi square " + chiSquare);
  }
}
