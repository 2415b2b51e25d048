// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.SgdStep;
import dev.kairos.kernels.ZipFunction;

/**
 * The innermost loops of the cpu backend, over plain arrays: a name {@code xo} is the position of
 * the first element of {@code x}. All are single-threaded and without state, so that several
 * threads may run them on parts of one array.
 *
 * <p>Every loop must give the same bits cold and compiled, whatever the split into calls at
 * multiples of {@link #BLOCK} elements, and whatever the lane count.
 */
public interface FloatLoops {
  /** Elementwise work and sums are cut at multiples of this many elements. */
  int BLOCK = 4096;

  /** {@link dev.kairos.kernels.Backend#leave}. */
  void leave();

  /** Elements per instruction; 1 for scalar code. */
  int lanes();

  /** {@link dev.kairos.kernels.Backend#arithmetic}. */
  String arithmetic();

  /** {@link dev.kairos.kernels.Backend#multiplyAdds}. */
  long multiplyAdds(int rounds);

  /** {@code out[i] = f(x[i]; a, b)}; in place is allowed. */
  void map(MapFunction f, float a, float b, float[] x, int xo, float[] out, int oo, int n);

  /**
   * {@code out[i] = f(x[i * xs], y[i * ys])} with strides of 0 or 1; in place is allowed.
   *
   * @param xs 1, or 0 to repeat one element
   * @param ys 1, or 0 to repeat one element
   */
  void zip(
      ZipFunction f,
      float[] x,
      int xo,
      int xs,
      float[] y,
      int yo,
      int ys,
      float[] out,
      int oo,
      int n);

  /** {@code out[i] += x[i]}. */
  void add(float[] x, int xo, float[] out, int oo, int n);

  /** {@code out[i] = out[i] * x[i] + y[i]}, rounded after the product and after the sum. */
  void multiplyThenAdd(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n);

  /** {@code out[i] += scale * x[i]}. */
  void addScaled(float scale, float[] x, int xo, float[] out, int oo, int n);

  /** The sum in a fixed order: 16 interleaved partial sums, added in a fixed tree at the end. */
  float sum(float[] x, int xo, int n);

  /**
   * {@code out[i] += x[r * step + i]} for all rows r, in their order.
   *
   * @param step elements from one row to the next
   * @param n elements of a row
   */
  void addRows(float[] x, int xo, int step, int rows, float[] out, int oo, int n);

  /** The sum of {@code x[i] * y[i]}, in the order of {@link #sum}. */
  float dot(float[] x, int xo, float[] y, int yo, int n);

  /** The largest, minus infinity of none; NaN if one is NaN. */
  float max(float[] x, int xo, int n);

  /** The smallest, infinity of none; NaN if one is NaN. */
  float min(float[] x, int xo, int n);

  /**
   * {@code out = f(x)} for each of some rows, sums in the order of {@link #sum}; in place is
   * allowed.
   *
   * @param xs elements from one row to the next
   * @param n elements of a row
   * @param os elements from one row of the output to the next
   */
  void rows(
      RowFunction f,
      double epsilon,
      float[] x,
      int xo,
      int xs,
      int n,
      float[] out,
      int oo,
      int os,
      int rows);

  /**
   * {@link dev.kairos.kernels.Backend#rowsGradient} for each of some rows, sums in the order of
   * {@link #sum}.
   *
   * @param x where the slope is taken
   * @param xs elements from one row to the next
   * @param dy the gradient of the result
   * @param ys elements from one of its rows to the next
   * @param n elements of a row
   * @param out none of the others
   * @param os elements from one row of the output to the next
   */
  void rowsGradient(
      RowFunction f,
      double epsilon,
      float[] x,
      int xo,
      int xs,
      float[] dy,
      int yo,
      int ys,
      int n,
      float[] out,
      int oo,
      int os,
      int rows);

  /**
   * {@code out[i] = u < p ? 0 : scale * x[i]}, where u is number {@code first + i} of a key (see
   * {@link dev.kairos.kernels.Philox}); in place is allowed.
   *
   * @param threshold p as {@link dev.kairos.kernels.Philox#threshold} gives it
   * @param first the number of the first element, at least 0
   */
  void dropout(
      int threshold,
      float scale,
      RandomKey key,
      int first,
      float[] x,
      int xo,
      float[] out,
      int oo,
      int n);

  /**
   * The product, shared out among the given tasks; each element has the bits that {@link Gemm}
   * defines, however it is shared.
   */
  void gemm(Gemm g, Tasks tasks);

  /** One Adam update of n elements in place. */
  void adam(AdamStep step, float[] p, float[] g, float[] m, float[] v, int from, int n);

  /** One gradient-descent update of n elements in place. */
  void sgd(SgdStep step, float[] p, float[] g, float[] velocity, int from, int n);
}
