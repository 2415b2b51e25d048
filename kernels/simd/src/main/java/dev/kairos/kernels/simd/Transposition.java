// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Lines turned into columns by sixteen vectors at a time, where a vector has sixteen elements. Four
 * rounds exchange single elements, pairs, fours and eights between lines that are as far apart.
 */
final class Transposition {
  /** Lines at a time, and elements of each. */
  static final int SIZE = 16;

  /**
   * Whether it pays here: vectors are of that size, and the JDK does not check the lanes of a swap
   * one by one, as 17 does (25 does not; those between were not measured).
   */
  static final boolean PAYS = COUNT == SIZE && Runtime.version().feature() >= 25;

  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorMask<Float> ODD_1 = odd(1);
  private static final VectorMask<Float> ODD_2 = odd(2);
  private static final VectorMask<Float> ODD_4 = odd(4);
  private static final VectorMask<Float> ODD_8 = odd(8);

  private Transposition() {}

  /** Each group of so many lanes with the one beside it. */
  private static VectorShuffle<Float> swap(int lanes) {
    return VectorShuffle.fromOp(FLOAT, lane -> (lane ^ lanes) % COUNT);
  }

  /** Every second group of so many lanes. */
  private static VectorMask<Float> odd(int lanes) {
    boolean[] set = new boolean[COUNT];
    for (int lane = 0; lane < COUNT; lane++) {
      set[lane] = (lane & lanes) != 0;
    }
    return VectorMask.fromArray(FLOAT, set, 0);
  }

  /**
   * Element k of line i goes to {@code to + k * wide + i}. Sixteen are written for every k,
   * whatever {@code wide} is: with fewer lines what is too much is overwritten by the next k, or
   * lies behind the last.
   *
   * @param present lines that are there; missing ones repeat the last
   * @param depth elements of each line, a multiple of sixteen
   * @param x where they are
   * @param from the first element of the first line
   * @param lineStep from one line to the next
   */
  static void run(
      int present, int depth, float[] x, int from, int lineStep, float[] panel, int to, int wide) {
    int last = present - 1;
    int o1 = from + Math.min(1, last) * lineStep;
    int o2 = from + Math.min(2, last) * lineStep;
    int o3 = from + Math.min(3, last) * lineStep;
    int o4 = from + Math.min(4, last) * lineStep;
    int o5 = from + Math.min(5, last) * lineStep;
    int o6 = from + Math.min(6, last) * lineStep;
    int o7 = from + Math.min(7, last) * lineStep;
    int o8 = from + Math.min(8, last) * lineStep;
    int o9 = from + Math.min(9, last) * lineStep;
    int o10 = from + Math.min(10, last) * lineStep;
    int o11 = from + Math.min(11, last) * lineStep;
    int o12 = from + Math.min(12, last) * lineStep;
    int o13 = from + Math.min(13, last) * lineStep;
    int o14 = from + Math.min(14, last) * lineStep;
    int o15 = from + Math.min(15, last) * lineStep;
    for (int k = 0; k < depth; k += SIZE) {
      int at = to + k * wide;
      FloatVector v0 = FloatVector.fromArray(FLOAT, x, from + k);
      FloatVector v1 = FloatVector.fromArray(FLOAT, x, o1 + k);
      FloatVector v2 = FloatVector.fromArray(FLOAT, x, o2 + k);
      FloatVector v3 = FloatVector.fromArray(FLOAT, x, o3 + k);
      FloatVector v4 = FloatVector.fromArray(FLOAT, x, o4 + k);
      FloatVector v5 = FloatVector.fromArray(FLOAT, x, o5 + k);
      FloatVector v6 = FloatVector.fromArray(FLOAT, x, o6 + k);
      FloatVector v7 = FloatVector.fromArray(FLOAT, x, o7 + k);
      FloatVector v8 = FloatVector.fromArray(FLOAT, x, o8 + k);
      FloatVector v9 = FloatVector.fromArray(FLOAT, x, o9 + k);
      FloatVector v10 = FloatVector.fromArray(FLOAT, x, o10 + k);
      FloatVector v11 = FloatVector.fromArray(FLOAT, x, o11 + k);
      FloatVector v12 = FloatVector.fromArray(FLOAT, x, o12 + k);
      FloatVector v13 = FloatVector.fromArray(FLOAT, x, o13 + k);
      FloatVector v14 = FloatVector.fromArray(FLOAT, x, o14 + k);
      FloatVector v15 = FloatVector.fromArray(FLOAT, x, o15 + k);
      FloatVector a0 = v0.blend(v1.rearrange(SWAP_1), ODD_1);
      FloatVector a1 = v0.rearrange(SWAP_1).blend(v1, ODD_1);
      FloatVector a2 = v2.blend(v3.rearrange(SWAP_1), ODD_1);
      FloatVector a3 = v2.rearrange(SWAP_1).blend(v3, ODD_1);
      FloatVector a4 = v4.blend(v5.rearrange(SWAP_1), ODD_1);
      FloatVector a5 = v4.rearrange(SWAP_1).blend(v5, ODD_1);
      FloatVector a6 = v6.blend(v7.rearrange(SWAP_1), ODD_1);
      FloatVector a7 = v6.rearrange(SWAP_1).blend(v7, ODD_1);
      FloatVector a8 = v8.blend(v9.rearrange(SWAP_1), ODD_1);
      FloatVector a9 = v8.rearrange(SWAP_1).blend(v9, ODD_1);
      FloatVector a10 = v10.blend(v11.rearrange(SWAP_1), ODD_1);
      FloatVector a11 = v10.rearrange(SWAP_1).blend(v11, ODD_1);
      FloatVector a12 = v12.blend(v13.rearrange(SWAP_1), ODD_1);
      FloatVector a13 = v12.rearrange(SWAP_1).blend(v13, ODD_1);
      FloatVector a14 = v14.blend(v15.rearrange(SWAP_1), ODD_1);
      FloatVector a15 = v14.rearrange(SWAP_1).blend(v15, ODD_1);
      FloatVector b0 = a0.blend(a2.rearrange(SWAP_2), ODD_2);
      FloatVector b2 = a0.rearrange(SWAP_2).blend(a2, ODD_2);
      FloatVector b1 = a1.blend(a3.rearrange(SWAP_2), ODD_2);
      FloatVector b3 = a1.rearrange(SWAP_2).blend(a3, ODD_2);
      FloatVector b4 = a4.blend(a6.rearrange(SWAP_2), ODD_2);
      FloatVector b6 = a4.rearrange(SWAP_2).blend(a6, ODD_2);
      FloatVector b5 = a5.blend(a7.rearrange(SWAP_2), ODD_2);
      FloatVector b7 = a5.rearrange(SWAP_2).blend(a7, ODD_2);
      FloatVector b8 = a8.blend(a10.rearrange(SWAP_2), ODD_2);
      FloatVector b10 = a8.rearrange(SWAP_2).blend(a10, ODD_2);
      FloatVector b9 = a9.blend(a11.rearrange(SWAP_2), ODD_2);
      FloatVector b11 = a9.rearrange(SWAP_2).blend(a11, ODD_2);
      FloatVector b12 = a12.blend(a14.rearrange(SWAP_2), ODD_2);
      FloatVector b14 = a12.rearrange(SWAP_2).blend(a14, ODD_2);
      FloatVector b13 = a13.blend(a15.rearrange(SWAP_2), ODD_2);
      FloatVector b15 = a13.rearrange(SWAP_2).blend(a15, ODD_2);
      FloatVector c0 = b0.blend(b4.rearrange(SWAP_4), ODD_4);
      FloatVector c4 = b0.rearrange(SWAP_4).blend(b4, ODD_4);
      FloatVector c1 = b1.blend(b5.rearrange(SWAP_4), ODD_4);
      FloatVector c5 = b1.rearrange(SWAP_4).blend(b5, ODD_4);
      FloatVector c2 = b2.blend(b6.rearrange(SWAP_4), ODD_4);
      FloatVector c6 = b2.rearrange(SWAP_4).blend(b6, ODD_4);
      FloatVector c3 = b3.blend(b7.rearrange(SWAP_4), ODD_4);
      FloatVector c7 = b3.rearrange(SWAP_4).blend(b7, ODD_4);
      FloatVector c8 = b8.blend(b12.rearrange(SWAP_4), ODD_4);
      FloatVector c12 = b8.rearrange(SWAP_4).blend(b12, ODD_4);
      FloatVector c9 = b9.blend(b13.rearrange(SWAP_4), ODD_4);
      FloatVector c13 = b9.rearrange(SWAP_4).blend(b13, ODD_4);
      FloatVector c10 = b10.blend(b14.rearrange(SWAP_4), ODD_4);
      FloatVector c14 = b10.rearrange(SWAP_4).blend(b14, ODD_4);
      FloatVector c11 = b11.blend(b15.rearrange(SWAP_4), ODD_4);
      FloatVector c15 = b11.rearrange(SWAP_4).blend(b15, ODD_4);
      FloatVector d0 = c0.blend(c8.rearrange(SWAP_8), ODD_8);
      FloatVector d8 = c0.rearrange(SWAP_8).blend(c8, ODD_8);
      FloatVector d1 = c1.blend(c9.rearrange(SWAP_8), ODD_8);
      FloatVector d9 = c1.rearrange(SWAP_8).blend(c9, ODD_8);
      FloatVector d2 = c2.blend(c10.rearrange(SWAP_8), ODD_8);
      FloatVector d10 = c2.rearrange(SWAP_8).blend(c10, ODD_8);
      FloatVector d3 = c3.blend(c11.rearrange(SWAP_8), ODD_8);
      FloatVector d11 = c3.rearrange(SWAP_8).blend(c11, ODD_8);
      FloatVector d4 = c4.blend(c12.rearrange(SWAP_8), ODD_8);
      FloatVector d12 = c4.rearrange(SWAP_8).blend(c12, ODD_8);
      FloatVector d5 = c5.blend(c13.rearrange(SWAP_8), ODD_8);
      FloatVector d13 = c5.rearrange(SWAP_8).blend(c13, ODD_8);
      FloatVector d6 = c6.blend(c14.rearrange(SWAP_8), ODD_8);
      FloatVector d14 = c6.rearrange(SWAP_8).blend(c14, ODD_8);
      FloatVector d7 = c7.blend(c15.rearrange(SWAP_8), ODD_8);
      FloatVector d15 = c7.rearrange(SWAP_8).blend(c15, ODD_8);
      d0.intoArray(panel, at);
      d1.intoArray(panel, at + wide);
      d2.intoArray(panel, at + 2 * wide);
      d3.intoArray(panel, at + 3 * wide);
      d4.intoArray(panel, at + 4 * wide);
      d5.intoArray(panel, at + 5 * wide);
      d6.intoArray(panel, at + 6 * wide);
      d7.intoArray(panel, at + 7 * wide);
      d8.intoArray(panel, at + 8 * wide);
      d9.intoArray(panel, at + 9 * wide);
      d10.intoArray(panel, at + 10 * wide);
      d11.intoArray(panel, at + 11 * wide);
      d12.intoArray(panel, at + 12 * wide);
      d13.intoArray(panel, at + 13 * wide);
      d14.intoArray(panel, at + 14 * wide);
      d15.intoArray(panel, at + 15 * wide);
    }
  }
}
