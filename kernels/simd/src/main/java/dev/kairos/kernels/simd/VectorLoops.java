// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;
import static dev.kairos.kernels.simd.Lanes.VIRTUAL;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.SgdStep;
import dev.kairos.kernels.ZipFunction;
import dev.kairos.kernels.cpu.FloatLoops;
import dev.kairos.kernels.cpu.Gemm;
import dev.kairos.kernels.cpu.Tasks;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The loops of the cpu backend on the Vector API. All have one anatomy: whole vectors up to {@code
 * loopBound}, then the rest, less than a vector, copied into a padded scratch vector and run
 * through the same loop, so that an element's bits do not depend on where the vectors begin.
 */
final class VectorLoops implements FloatLoops {
  /**
   * The length to which a constant operand is laid out, so that constants need no loops of their
   * own.
   */
  private static final int CHUNK = 512;

  /** The places of one thread. */
  private static final class Scratch {
    final float[] first = new float[2 * VIRTUAL];
    final float[] second = new float[VIRTUAL];
    final float[] third = new float[VIRTUAL];
    final float[] fourth = new float[VIRTUAL];
    final float[] left = new float[CHUNK];
    final float[] right = new float[CHUNK];
  }

  private final ThreadLocal<Scratch> scratches = ThreadLocal.withInitial(Scratch::new);
  private final VectorGemm gemm = new VectorGemm();
  private final LittleWork little;

  VectorLoops() {
    this(ScalarFallback.BUDGET);
  }

  /**
   * The loops.
   *
   * @param budget elements of short rows that are still taken one at a time
   */
  VectorLoops(long budget) {
    little = new LittleWork(ScalarFallback.LITTLE, budget);
  }

  @Override
  public void leave() {
    scratches.remove();
    gemm.leave();
  }

  @Override
  public int lanes() {
    return COUNT;
  }

  @Override
  public String arithmetic() {
    return "vector";
  }

  /** Ten sums, so that each is free again when its turn comes. */
  @Override
  public long multiplyAdds(int rounds) {
    FloatVector half = FloatVector.broadcast(FLOAT, 0.5f);
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0.add(1f);
    FloatVector s2 = s0.add(2f);
    FloatVector s3 = s0.add(3f);
    FloatVector s4 = s0.add(4f);
    FloatVector s5 = s0.add(5f);
    FloatVector s6 = s0.add(6f);
    FloatVector s7 = s0.add(7f);
    FloatVector s8 = s0.add(8f);
    FloatVector s9 = s0.add(9f);
    for (int i = 0; i < rounds; i++) {
      s0 = s0.fma(half, one);
      s1 = s1.fma(half, one);
      s2 = s2.fma(half, one);
      s3 = s3.fma(half, one);
      s4 = s4.fma(half, one);
      s5 = s5.fma(half, one);
      s6 = s6.fma(half, one);
      s7 = s7.fma(half, one);
      s8 = s8.fma(half, one);
      s9 = s9.fma(half, one);
    }
    FloatVector all = s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7).add(s8).add(s9);
    // The results are used, or there would be nothing to do.
    return all.lane(0) > 0 ? 20L * COUNT * rounds : 0;
  }

  @Override
  public void map(MapFunction f, float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    if (n <= ScalarFallback.LITTLE) {
      ScalarFallback.map(f, a, b, x, xo, out, oo, n);
      return;
    }
    int bound = FLOAT.loopBound(n);
    VectorMaps.run(f, a, b, x, xo, out, oo, bound);
    int rest = n - bound;
    if (rest > 0) {
      float[] pad = scratches.get().first;
      System.arraycopy(x, xo + bound, pad, 0, rest);
      VectorMaps.run(f, a, b, pad, 0, pad, 0, COUNT);
      System.arraycopy(pad, 0, out, oo + bound, rest);
    }
  }

  @Override
  public void zip(
      ZipFunction f,
      float[] x,
      int xo,
      int xs,
      float[] y,
      int yo,
      int ys,
      float[] out,
      int oo,
      int n) {
    if (n <= ScalarFallback.FEW || little.takes(n)) {
      ScalarFallback.zip(f, x, xo, xs, y, yo, ys, out, oo, n);
      return;
    }
    if (xs == 1 && ys == 1) {
      adjacent(f, x, xo, y, yo, out, oo, n);
      return;
    }
    Scratch scratch = scratches.get();
    float[] left = xs == 0 ? spread(x, xo, n, scratch.left) : x;
    float[] right = ys == 0 ? spread(y, yo, n, scratch.right) : y;
    for (int i = 0; i < n; i += CHUNK) {
      int lo = xs == 0 ? 0 : xo + i;
      int ro = ys == 0 ? 0 : yo + i;
      adjacent(f, left, lo, right, ro, out, oo + i, Math.min(CHUNK, n - i));
    }
  }

  private static float[] spread(float[] x, int at, int n, float[] into) {
    if (n > 0) {
      Arrays.fill(into, 0, Math.min(CHUNK, n), x[at]);
    }
    return into;
  }

  private void adjacent(
      ZipFunction f, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int bound = FLOAT.loopBound(n);
    VectorZips.run(f, x, xo, y, yo, out, oo, bound);
    int rest = n - bound;
    if (rest > 0) {
      Scratch pads = scratches.get();
      System.arraycopy(x, xo + bound, pads.first, 0, rest);
      System.arraycopy(y, yo + bound, pads.second, 0, rest);
      VectorZips.run(f, pads.first, 0, pads.second, 0, pads.first, 0, COUNT);
      System.arraycopy(pads.first, 0, out, oo + bound, rest);
    }
  }

  @Override
  public void add(float[] x, int xo, float[] out, int oo, int n) {
    adjacent(ZipFunction.ADD, out, oo, x, xo, out, oo, n);
  }

  @Override
  public void multiplyThenAdd(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int bound = FLOAT.loopBound(n);
    for (int i = 0; i < bound; i += COUNT) {
      FloatVector product =
          FloatVector.fromArray(FLOAT, out, oo + i).mul(FloatVector.fromArray(FLOAT, x, xo + i));
      product.add(FloatVector.fromArray(FLOAT, y, yo + i)).intoArray(out, oo + i);
    }
    for (int i = bound; i < n; i++) {
      out[oo + i] = out[oo + i] * x[xo + i] + y[yo + i];
    }
  }

  @Override
  public void addScaled(float scale, float[] x, int xo, float[] out, int oo, int n) {
    int bound = FLOAT.loopBound(n);
    FloatVector factor = FloatVector.broadcast(FLOAT, scale);
    for (int i = 0; i < bound; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector sum = FloatVector.fromArray(FLOAT, out, oo + i);
      v.fma(factor, sum).intoArray(out, oo + i);
    }
    for (int i = bound; i < n; i++) {
      out[oo + i] = Math.fma(x[xo + i], scale, out[oo + i]);
    }
  }

  @Override
  public void addRows(float[] x, int xo, int step, int rows, float[] out, int oo, int n) {
    if (little.takes((long) n * rows)) {
      ScalarFallback.addRows(x, xo, step, rows, out, oo, n);
    } else {
      VectorSums.addRows(x, xo, step, rows, out, oo, n);
    }
  }

  @Override
  public float sum(float[] x, int xo, int n) {
    float[] partial = scratches.get().first;
    return little.takes(n)
        ? ScalarFallback.sum(x, xo, n, partial)
        : VectorSums.sum(x, xo, n, partial);
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    return VectorSums.dot(x, xo, y, yo, n, scratches.get().first);
  }

  @Override
  public float max(float[] x, int xo, int n) {
    return VectorSums.max(x, xo, n, scratches.get().first);
  }

  @Override
  public float min(float[] x, int xo, int n) {
    return VectorSums.min(x, xo, n, scratches.get().first);
  }

  @Override
  public void rows(
      RowFunction f,
      double epsilon,
      float[] x,
      int xo,
      int xs,
      int n,
      float[] out,
      int oo,
      int os,
      int rows) {
    float[] partial = scratches.get().first;
    boolean little = f.slopeAtResult() && n * rows <= ScalarFallback.LITTLE;
    int row = 0;
    while (row + 2 <= rows) {
      int from = xo + row * xs;
      int to = oo + row * os;
      if (!VectorRows.applyToTwo(f, epsilon, x, from, from + xs, n, out, to, to + os, partial)) {
        break;
      }
      row += 2;
    }
    for (; row < rows; row++) {
      int from = xo + row * xs;
      int to = oo + row * os;
      if (little) {
        ScalarFallback.softmax(x, from, n, f == RowFunction.LOG_SOFTMAX, out, to, partial);
      } else {
        VectorRows.apply(f, epsilon, x, from, n, out, to, partial);
      }
    }
  }

  @Override
  public void rowsGradient(
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
      int rows) {
    float[] partial = scratches.get().first;
    for (int row = 0; row < rows; row++) {
      VectorRowGradients.run(
          f, epsilon, x, xo + row * xs, dy, yo + row * ys, n, out, oo + row * os, partial);
    }
  }

  @Override
  public void dropout(
      int threshold,
      float scale,
      RandomKey key,
      int first,
      float[] x,
      int xo,
      float[] out,
      int oo,
      int n) {
    int step = VectorDropout.STEP;
    for (int i = 0; i < n; ) {
      int skipped = (first + i) % 4;
      int block = (first + i) / 4;
      int length = n - i;
      if (skipped == 0 && length >= step) {
        length -= length % step;
        VectorDropout.run(threshold, scale, key, block, x, xo + i, out, oo + i, length);
      } else {
        length = Math.min(length, step - skipped);
        float[] pad = scratches.get().left;
        System.arraycopy(x, xo + i, pad, skipped, length);
        VectorDropout.run(threshold, scale, key, block, pad, 0, pad, 0, step);
        System.arraycopy(pad, skipped, out, oo + i, length);
      }
      i += length;
    }
  }

  @Override
  public void gemm(Gemm g, Tasks tasks) {
    gemm.multiply(g, tasks);
  }

  @Override
  public void adam(AdamStep step, float[] p, float[] g, float[] m, float[] v, int from, int n) {
    if (n <= ScalarFallback.LITTLE) {
      ScalarFallback.adam(step, p, g, m, v, from, n);
      return;
    }
    int bound = FLOAT.loopBound(n);
    VectorUpdates.adam(step, p, g, m, v, from, bound);
    int rest = n - bound;
    if (rest > 0) {
      int at = from + bound;
      Scratch pads = scratches.get();
      System.arraycopy(p, at, pads.first, 0, rest);
      System.arraycopy(g, at, pads.second, 0, rest);
      System.arraycopy(m, at, pads.third, 0, rest);
      System.arraycopy(v, at, pads.fourth, 0, rest);
      VectorUpdates.adam(step, pads.first, pads.second, pads.third, pads.fourth, 0, COUNT);
      System.arraycopy(pads.first, 0, p, at, rest);
      System.arraycopy(pads.third, 0, m, at, rest);
      System.arraycopy(pads.fourth, 0, v, at, rest);
    }
  }

  @Override
  public void sgd(SgdStep step, float[] p, float[] g, float[] velocity, int from, int n) {
    int bound = FLOAT.loopBound(n);
    VectorUpdates.sgd(step, p, g, velocity, from, bound);
    int rest = n - bound;
    if (rest > 0) {
      int at = from + bound;
      Scratch pads = scratches.get();
      System.arraycopy(p, at, pads.first, 0, rest);
      System.arraycopy(g, at, pads.second, 0, rest);
      System.arraycopy(velocity, at, pads.third, 0, rest);
      VectorUpdates.sgd(step, pads.first, pads.second, pads.third, 0, COUNT);
      System.arraycopy(pads.first, 0, p, at, rest);
      System.arraycopy(pads.third, 0, velocity, at, rest);
    }
  }
}
