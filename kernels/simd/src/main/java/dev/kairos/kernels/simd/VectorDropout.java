// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;
import static jdk.incubator.vector.LongVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dropout with the numbers of {@link Philox}, one block in each lane of 32 bits: a step draws
 * {@link #STEP} numbers. The multiplier is as wide as two lanes, so even and odd lanes are
 * multiplied apart; both factors show that their upper halves are empty, which the compiler turns
 * into one instruction.
 */
final class VectorDropout {
  /** Numbers that one step draws: four words of a block in each lane. */
  static final int STEP = 4 * COUNT;

  private static final VectorSpecies<Long> LONG = VectorSpecies.of(long.class, FLOAT.vectorShape());

  private static final VectorSpecies<Integer> INT =
      VectorSpecies.of(int.class, FLOAT.vectorShape());

  private static final int PAIRS = LONG.length();

  private static final long LOW = 0xFFFFFFFFL;

  private static final VectorShuffle<Long> NEIGHBOUR = VectorShuffle.fromOp(LONG, i -> i ^ 1);

  private static final VectorMask<Long> ODD;

  /** The block of each pair's even lane, so that pairs of neighbours end up side by side. */
  private static final LongVector ORDER;

  static {
    long[] order = new long[PAIRS];
    boolean[] odd = new boolean[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      order[i] = i / 2 + i % 2 * (PAIRS / 2);
      odd[i] = i % 2 == 1;
    }
    ORDER = LongVector.fromArray(LONG, order, 0);
    ODD = VectorMask.fromArray(LONG, odd, 0);
  }

  private VectorDropout() {}

  /**
   * {@link dev.kairos.kernels.cpu.FloatLoops#dropout} from the start of a block.
   *
   * @param block the first block's number
   * @param n a multiple of {@link #STEP}
   */
  static void run(
      int threshold,
      float scale,
      RandomKey key,
      int block,
      float[] x,
      int xo,
      float[] out,
      int oo,
      int n) {
    LongVector low = broadcast(LONG, LOW);
    LongVector high = broadcast(LONG, ~LOW);
    LongVector m0 = broadcast(LONG, Philox.MULTIPLIER_0).and(low);
    LongVector m1 = broadcast(LONG, Philox.MULTIPLIER_1).and(low);
    IntVector bound = IntVector.broadcast(INT, threshold - 1);
    long stream = key.stream();
    for (int i = 0; i < n; i += STEP) {
      LongVector even = broadcast(LONG, block + i / 4).add(ORDER);
      LongVector odd = even.add(PAIRS);
      LongVector c0 = even.or(odd.lanewise(LSHL, 32));
      LongVector c1 = broadcast(LONG, 0);
      LongVector c2 = broadcast(LONG, stream & LOW | stream << 32);
      LongVector c3 = broadcast(LONG, stream >>> 32 | stream & ~LOW);
      int k0 = (int) key.seed();
      int k1 = (int) (key.seed() >>> 32);
      for (int round = 0; round < Philox.ROUNDS; round++) {
        LongVector even0 = c0.and(low).mul(m0);
        LongVector even1 = c2.and(low).mul(m1);
        LongVector odd0 = c0.lanewise(LSHR, 32).mul(m0);
        LongVector odd1 = c2.lanewise(LSHR, 32).mul(m1);
        LongVector key0 = broadcast(LONG, (long) k0 << 32 | k0 & LOW);
        LongVector key1 = broadcast(LONG, (long) k1 << 32 | k1 & LOW);
        LongVector upper0 = even0.lanewise(LSHR, 32).or(odd0.and(high));
        LongVector upper1 = even1.lanewise(LSHR, 32).or(odd1.and(high));
        c0 = upper1.lanewise(XOR, c1.lanewise(XOR, key0));
        c2 = upper0.lanewise(XOR, c3.lanewise(XOR, key1));
        c1 = even1.and(low).or(odd1.lanewise(LSHL, 32));
        c3 = even0.and(low).or(odd0.lanewise(LSHL, 32));
        k0 += Philox.WEYL_0;
        k1 += Philox.WEYL_1;
      }
      // Words 0 and 1, and 2 and 3, of the blocks in even and then in odd lanes, as pairs; then
      // the pairs of a block side by side, which makes four vectors in the order of the numbers.
      for (int half = 0; half < 2; half++) {
        LongVector a =
            half == 0
                ? c0.and(low).or(c1.lanewise(LSHL, 32))
                : c0.lanewise(LSHR, 32).or(c1.and(high));
        LongVector b =
            half == 0
                ? c2.and(low).or(c3.lanewise(LSHL, 32))
                : c2.lanewise(LSHR, 32).or(c3.and(high));
        IntVector first = a.blend(b.rearrange(NEIGHBOUR), ODD).reinterpretAsInts();
        IntVector second = a.rearrange(NEIGHBOUR).blend(b, ODD).reinterpretAsInts();
        // All ones where the number is at least p.
        IntVector keepFirst = bound.sub(first.lanewise(LSHR, 8)).lanewise(ASHR, 31);
        IntVector keepSecond = bound.sub(second.lanewise(LSHR, 8)).lanewise(ASHR, 31);
        int at = i + half * 2 * COUNT;
        FloatVector v = FloatVector.fromArray(FLOAT, x, xo + at).mul(scale);
        FloatVector w = FloatVector.fromArray(FLOAT, x, xo + at + COUNT).mul(scale);
        v.reinterpretAsInts().and(keepFirst).reinterpretAsFloats().intoArray(out, oo + at);
        w.reinterpretAsInts().and(keepSecond).reinterpretAsFloats().intoArray(out, oo + at + COUNT);
      }
    }
  }
}
