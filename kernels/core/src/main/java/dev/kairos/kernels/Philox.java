// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import java.util.random.RandomGenerator;

/**
 * The counter-based generator Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel Random Numbers:
 * As Easy as 1, 2, 3; SC 2011). Block {@code n} of a {@link RandomKey} is four 32-bit words
 * computed from (seed, stream, n) alone.
 */
public final class Philox {
  /** The first multiplier of a round, without sign. */
  public static final long MULTIPLIER_0 = 0xD2511F53L;

  /** The second multiplier of a round, without sign. */
  public static final long MULTIPLIER_1 = 0xCD9E8D57L;

  /** What a round adds to the low word of the key. */
  public static final int WEYL_0 = 0x9E3779B9;

  /** What a round adds to the high word of the key. */
  public static final int WEYL_1 = 0xBB67AE85;

  /** Rounds over one counter. */
  public static final int ROUNDS = 10;

  private static final float UNIT = 0x1p-24f;

  private Philox() {}

  /**
   * Ten rounds over one counter.
   *
   * @param counter block number (low two words of the counter; the stream is the high two)
   * @param out receives four words
   */
  public static void block(RandomKey key, long counter, int[] out) {
    int c0 = (int) counter;
    int c1 = (int) (counter >>> 32);
    int c2 = (int) key.stream();
    int c3 = (int) (key.stream() >>> 32);
    int k0 = (int) key.seed();
    int k1 = (int) (key.seed() >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = MULTIPLIER_0 * (c0 & 0xFFFFFFFFL);
      long p1 = MULTIPLIER_1 * (c2 & 0xFFFFFFFFL);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  }

  /** A word as a number in [0, 1): its upper 24 bits, so that float and double agree. */
  public static float unit(int word) {
    return (word >>> 8) * UNIT;
  }

  /**
   * A bound for whole numbers: {@code unit(word) < p} exactly where {@code word >>> 8} is less than
   * this.
   */
  public static int threshold(double p) {
    return (int) Math.ceil(p / UNIT);
  }

  /** The words of a key, in order, as an ordinary generator. Its state is its position. */
  public static RandomGenerator generator(RandomKey key) {
    return new RandomGenerator() {
      private final int[] words = new int[4];
      private long drawn;

      @Override
      public long nextLong() {
        int at = (int) (drawn % 2) * 2;
        if (at == 0) {
          block(key, drawn / 2, words);
        }
        drawn++;
        return ((long) words[at] << 32) | (words[at + 1] & 0xFFFFFFFFL);
      }
    };
  }
}
