// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;
import static dev.kairos.kernels.simd.Lanes.VIRTUAL;
import static jdk.incubator.vector.FloatVector.broadcast;

import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.cpu.WideRows;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of one row, in passes over a row that stays in the cache. What is less than a vector is
 * handled element by element with the same steps.
 */
final class VectorRows {
  private VectorRows() {}

  static void apply(
      RowFunction f,
      double epsilon,
      float[] x,
      int xo,
      int n,
      float[] out,
      int oo,
      float[] partial) {
    switch (f) {
      case SOFTMAX -> softmax(x, xo, n, false, out, oo, partial);
      case LOG_SOFTMAX -> softmax(x, xo, n, true, out, oo, partial);
      case NORMALIZE -> normalize(x, xo, n, epsilon, out, oo, partial);
      case L2_NORMALIZE ->
          l2Normalize(VectorSums.dot(x, xo, x, xo, n, partial), x, xo, n, epsilon, out, oo);
    }
  }

  /**
   * Two rows at once where that is faster, each with the bits it has alone.
   *
   * @return false where it is not, and nothing was done
   */
  static boolean applyToTwo(
      RowFunction f,
      double epsilon,
      float[] x,
      int xo,
      int yo,
      int n,
      float[] out,
      int xto,
      int yto,
      float[] partial) {
    switch (f) {
      case NORMALIZE -> normalizeTwo(x, xo, yo, n, epsilon, out, xto, yto, partial);
      case L2_NORMALIZE -> {
        VectorMoments.squares(0f, 0f, x, xo, 0f, 0f, x, yo, n, partial);
        float squares = VectorSums.tree(partial, 0);
        float others = VectorSums.tree(partial, VIRTUAL);
        l2Normalize(squares, x, xo, n, epsilon, out, xto);
        l2Normalize(others, x, yo, n, epsilon, out, yto);
      }
      case SOFTMAX, LOG_SOFTMAX -> {
        return false;
      }
    }
    return true;
  }

  private static void l2Normalize(
      float squares, float[] x, int xo, int n, double epsilon, float[] out, int oo) {
    if (!WideRows.fits(squares) && !WideRows.vanishes(squares, n, epsilon)) {
      WideRows.l2Normalize(x, xo, n, epsilon, out, oo);
      return;
    }
    multiply(x, xo, (float) (1 / (Math.sqrt(squares) + epsilon)), out, oo, n);
  }

  private static void softmax(
      float[] x, int xo, int n, boolean log, float[] out, int oo, float[] partial) {
    int bound = FLOAT.loopBound(n);
    float max = largest(x, xo, n, partial);
    Arrays.fill(partial, 0, VIRTUAL, 0f);
    powers(x, xo, bound, max, log, out, oo, partial);
    for (int i = bound; i < n; i++) {
      float d = x[xo + i] - max;
      float e = ScalarFallback.exp(d);
      partial[i % VIRTUAL] += e;
      out[oo + i] = log ? d : e;
    }
    float sum = VectorSums.tree(partial, 0);
    float scale = log ? 1f : 1 / sum;
    float shift = log ? -(float) Math.log(sum) : 0f;
    affine(scale, shift, out, oo, n);
  }

  /** The largest that is no NaN; a NaN makes its whole row NaN later on. */
  private static float largest(float[] x, int xo, int n, float[] lanes) {
    FloatVector m = broadcast(FLOAT, Float.NEGATIVE_INFINITY);
    int bound = FLOAT.loopBound(n);
    for (int i = 0; i < bound; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      m = m.blend(v, v.compare(VectorOperators.GT, m));
    }
    m.intoArray(lanes, 0);
    float max = Float.NEGATIVE_INFINITY;
    for (int lane = 0; lane < COUNT; lane++) {
      max = lanes[lane] > max ? lanes[lane] : max;
    }
    for (int i = bound; i < n; i++) {
      max = x[xo + i] > max ? x[xo + i] : max;
    }
    return max;
  }

  /**
   * {@code out = e^(x - max)}, or {@code x - max}; the powers are added to the partial sums. The
   * same steps as in {@link VectorMath#exp}.
   *
   * @param n a multiple of {@link Lanes#COUNT}
   */
  private static void powers(
      float[] x, int xo, int n, float max, boolean log, float[] out, int oo, float[] partial) {
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
      IntVector bits = shifted.reinterpretAsInts().sub(VectorMath.TWO_BIASES);
      IntVector half = bits.lanewise(VectorOperators.ASHR, 1);
      IntVector one = half.lanewise(VectorOperators.LSHL, 23);
      IntVector two = bits.sub(half).lanewise(VectorOperators.LSHL, 23);
      e = e.mul(one.reinterpretAsFloats()).mul(two.reinterpretAsFloats());
      int at = i % VIRTUAL;
      FloatVector.fromArray(FLOAT, partial, at).add(e).intoArray(partial, at);
      (log ? d : e).intoArray(out, oo + i);
    }
  }

  private static void affine(float scale, float shift, float[] out, int oo, int n) {
    FloatVector a = broadcast(FLOAT, scale);
    FloatVector b = broadcast(FLOAT, shift);
    int bound = FLOAT.loopBound(n);
    for (int i = 0; i < bound; i += COUNT) {
      FloatVector.fromArray(FLOAT, out, oo + i).fma(a, b).intoArray(out, oo + i);
    }
    for (int i = bound; i < n; i++) {
      out[oo + i] = Math.fma(out[oo + i], scale, shift);
    }
  }

  /**
   * The mean is taken of what lies above the first element, and subtracted after it: a mean that
   * was rounded at the offset of the row would be wrong by more than a small spread.
   */
  private static void normalize(
      float[] x, int xo, int n, double epsilon, float[] out, int oo, float[] partial) {
    float first = x[xo];
    float mean = VectorMoments.sum(first, x, xo, n, partial) / n;
    float squares = VectorMoments.squares(first, mean, x, xo, n, partial);
    normalize(first, mean, squares / n + epsilon, x, xo, n, epsilon, out, oo);
  }

  private static void normalizeTwo(
      float[] x,
      int xo,
      int yo,
      int n,
      double epsilon,
      float[] out,
      int xto,
      int yto,
      float[] partial) {
    float first = x[xo];
    float base = x[yo];
    VectorMoments.sums(first, x, xo, base, x, yo, n, partial);
    float mean = VectorSums.tree(partial, 0) / n;
    float middle = VectorSums.tree(partial, VIRTUAL) / n;
    VectorMoments.squares(first, mean, x, xo, base, middle, x, yo, n, partial);
    double variance = VectorSums.tree(partial, 0) / n + epsilon;
    double other = VectorSums.tree(partial, VIRTUAL) / n + epsilon;
    normalize(first, mean, variance, x, xo, n, epsilon, out, xto);
    normalize(base, middle, other, x, yo, n, epsilon, out, yto);
  }

  private static void normalize(
      float first,
      float mean,
      double variance,
      float[] x,
      int xo,
      int n,
      double epsilon,
      float[] out,
      int oo) {
    if (!WideRows.fits(variance)) {
      WideRows.normalize(x, xo, n, epsilon, out, oo);
      return;
    }
    float scale = (float) (1 / Math.sqrt(variance));
    stretch(x, xo, first, scale, -mean * scale, out, oo, n);
  }

  /** {@code out = (x - first) * scale + shift}, rounded once after the product. */
  private static void stretch(
      float[] x, int xo, float first, float scale, float shift, float[] out, int oo, int n) {
    FloatVector a = broadcast(FLOAT, scale);
    FloatVector b = broadcast(FLOAT, shift);
    int bound = FLOAT.loopBound(n);
    for (int i = 0; i < bound; i += COUNT) {
      FloatVector.fromArray(FLOAT, x, xo + i).sub(first).fma(a, b).intoArray(out, oo + i);
    }
    for (int i = bound; i < n; i++) {
      out[oo + i] = Math.fma(x[xo + i] - first, scale, shift);
    }
  }

  private static void multiply(float[] x, int xo, float scale, float[] out, int oo, int n) {
    int bound = FLOAT.loopBound(n);
    for (int i = 0; i < bound; i += COUNT) {
      FloatVector.fromArray(FLOAT, x, xo + i).mul(scale).intoArray(out, oo + i);
    }
    for (int i = bound; i < n; i++) {
      out[oo + i] = x[xo + i] * scale;
    }
  }
}
