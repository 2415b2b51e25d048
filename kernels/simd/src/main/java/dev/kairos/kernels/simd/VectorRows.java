// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;
import static dev.kairos.kernels.simd.Lanes.VIRTUAL;
import static jdk.incubator.vector.FloatVector.broadcast;

import dev.kairos.kernels.RowFunction;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Softmax and normalisation of one row, in passes over a row that stays in the cache. What is less
 * than a vector, or a whole short row, goes through a padded copy.
 */
final class VectorRows {
  /** A row up to this long is padded as a whole if its length is odd. */
  private static final int SHORT = 256;

  /** A thread's places. */
  static final class Scratch {
    final float[] pad = new float[SHORT];
    final float[] partial = new float[VIRTUAL];
  }

  private VectorRows() {}

  /** How many elements of a row are handled where they are; the others are padded. */
  static int inPlace(int n) {
    int bound = FLOAT.loopBound(n);
    return bound == n || n > SHORT ? bound : 0;
  }

  /** Copies the end of a row and fills up the last vector; gives the length with the filling. */
  static int pad(float[] x, int from, int rest, float filling, float[] pad) {
    int length = (rest + COUNT - 1) / COUNT * COUNT;
    System.arraycopy(x, from, pad, 0, rest);
    Arrays.fill(pad, rest, length, filling);
    return length;
  }

  static void apply(
      RowFunction f,
      float epsilon,
      float[] x,
      int xo,
      int n,
      float[] out,
      int oo,
      Scratch scratch) {
    switch (f) {
      case SOFTMAX -> softmax(x, xo, n, false, out, oo, scratch);
      case LOG_SOFTMAX -> softmax(x, xo, n, true, out, oo, scratch);
      case NORMALIZE -> normalize(x, xo, n, epsilon, out, oo, scratch.partial);
      case UNIT -> {
        float scale = (float) (1 / (length(x, xo, n, scratch.partial) + epsilon));
        stretch(x, xo, 0f, scale, out, oo, n);
      }
    }
  }

  private static void softmax(
      float[] x, int xo, int n, boolean log, float[] out, int oo, Scratch scratch) {
    float[] pad = scratch.pad;
    int bound = inPlace(n);
    int padded = pad(x, xo + bound, n - bound, Float.NEGATIVE_INFINITY, pad);
    float max = largest(x, xo, bound, pad, padded, scratch.partial);
    float[] partial = scratch.partial;
    Arrays.fill(partial, 0f);
    powers(x, xo, bound, max, log, out, oo, partial, 0);
    powers(pad, 0, padded, max, log, pad, 0, partial, bound % VIRTUAL);
    float sum = VectorSums.tree(partial);
    if (log) {
      float shift = -(float) Math.log(sum);
      affine(1f, shift, out, oo, bound);
      affine(1f, shift, pad, 0, padded);
    } else {
      affine(1 / sum, 0f, out, oo, bound);
      affine(1 / sum, 0f, pad, 0, padded);
    }
    System.arraycopy(pad, 0, out, oo + bound, n - bound);
  }

  /** The largest that is no NaN; a NaN makes its whole row NaN later on. */
  private static float largest(float[] x, int xo, int n, float[] pad, int padded, float[] lanes) {
    FloatVector m0 = broadcast(FLOAT, Float.NEGATIVE_INFINITY);
    FloatVector m1 = m0;
    int i = 0;
    for (; i + 2 * COUNT <= n; i += 2 * COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector w = FloatVector.fromArray(FLOAT, x, xo + i + COUNT);
      m0 = m0.blend(v, v.compare(VectorOperators.GT, m0));
      m1 = m1.blend(w, w.compare(VectorOperators.GT, m1));
    }
    for (; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      m0 = m0.blend(v, v.compare(VectorOperators.GT, m0));
    }
    for (int j = 0; j < padded; j += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, pad, j);
      m1 = m1.blend(v, v.compare(VectorOperators.GT, m1));
    }
    m0.blend(m1, m1.compare(VectorOperators.GT, m0)).intoArray(lanes, 0);
    float max = Float.NEGATIVE_INFINITY;
    for (int lane = 0; lane < COUNT; lane++) {
      max = lanes[lane] > max ? lanes[lane] : max;
    }
    return max;
  }

  /**
   * {@code out = e^(x - max)}, or {@code x - max}; the powers are added to the partial sums from
   * one on. The same steps as in {@link VectorMath#exp}.
   *
   * @param n a multiple of {@link Lanes#COUNT}
   */
  private static void powers(
      float[] x,
      int xo,
      int n,
      float max,
      boolean log,
      float[] out,
      int oo,
      float[] partial,
      int first) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector d = FloatVector.fromArray(FLOAT, x, xo + i).sub(max);
      FloatVector t =
          d.blend(VectorMath.EXP_LEAST, d.compare(VectorOperators.LT, VectorMath.EXP_LEAST));
      FloatVector shifted =
          t.fma(broadcast(FLOAT, VectorMath.LOG2_E), broadcast(FLOAT, VectorMath.ROUND));
      FloatVector whole = shifted.sub(VectorMath.ROUND);
      FloatVector r =
          whole.fma(
              broadcast(FLOAT, -VectorMath.LN2_LOW),
              whole.fma(broadcast(FLOAT, -VectorMath.LN2_HIGH), t));
      FloatVector e =
          broadcast(FLOAT, 0.0013814467f)
              .fma(r, broadcast(FLOAT, 0.008368781f))
              .fma(r, broadcast(FLOAT, 0.041668393f))
              .fma(r, broadcast(FLOAT, 0.1666652f))
              .fma(r, broadcast(FLOAT, 0.49999994f))
              .fma(r.mul(r), r)
              .add(1f);
      IntVector bits = shifted.reinterpretAsInts().sub(VectorMath.ROUND_BITS);
      IntVector half = bits.lanewise(VectorOperators.ASHR, 1);
      IntVector one = half.add(127).lanewise(VectorOperators.LSHL, 23);
      IntVector two = bits.sub(half).add(127).lanewise(VectorOperators.LSHL, 23);
      e = e.mul(one.reinterpretAsFloats()).mul(two.reinterpretAsFloats());
      int at = (first + i) % VIRTUAL;
      FloatVector.fromArray(FLOAT, partial, at).add(e).intoArray(partial, at);
      (log ? d : e).intoArray(out, oo + i);
    }
  }

  private static void affine(float scale, float shift, float[] out, int oo, int n) {
    FloatVector a = broadcast(FLOAT, scale);
    FloatVector b = broadcast(FLOAT, shift);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector.fromArray(FLOAT, out, oo + i).fma(a, b).intoArray(out, oo + i);
    }
  }

  private static void normalize(
      float[] x, int xo, int n, float epsilon, float[] out, int oo, float[] partial) {
    float mean = VectorSums.sum(x, xo, n, partial) / n;
    float squares = VectorSums.sumSquares(x, xo, mean, n, partial);
    stretch(x, xo, mean, perDeviation(squares, n, epsilon), out, oo, n);
  }

  /** {@code 1 / sqrt(squares / n + epsilon)}. */
  static float perDeviation(float squares, int n, float epsilon) {
    return (float) (1 / Math.sqrt(squares / n + epsilon));
  }

  /** The length of a row, never 0. */
  static double length(float[] x, int xo, int n, float[] partial) {
    return Math.sqrt(VectorSums.dot(x, xo, x, xo, n, partial) + RowFunction.TINY);
  }

  /** {@code out = (x - shift) * scale}. */
  static void stretch(float[] x, int xo, float shift, float scale, float[] out, int oo, int n) {
    int bound = FLOAT.loopBound(n);
    for (int i = 0; i < bound; i += COUNT) {
      FloatVector.fromArray(FLOAT, x, xo + i).sub(shift).mul(scale).intoArray(out, oo + i);
    }
    for (int i = bound; i < n; i++) {
      out[oo + i] = (x[xo + i] - shift) * scale;
    }
  }
}
