// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import static dev.kairos.kernels.cpu.ScalarSums.PARTIAL_SUMS;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.SgdStep;
import dev.kairos.kernels.ZipFunction;

/** The loops without any vector type, written so that C2 can vectorise the simple ones. */
final class ScalarLoops implements FloatLoops {
  private final ScalarGemm gemm = new ScalarGemm();

  @Override
  public void leave() {
    gemm.leave();
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public String arithmetic() {
    return "scalar";
  }

  @Override
  public long multiplyAdds(int rounds) {
    float a = 0;
    float b = 1;
    float c = 2;
    float d = 3;
    for (int i = 0; i < rounds; i++) {
      a = a * 0.5f + 1f;
      b = b * 0.5f + 1f;
      c = c * 0.5f + 1f;
      d = d * 0.5f + 1f;
    }
    // The results are used, or there would be nothing to do.
    return a + b + c + d > 0 ? 8L * rounds : 0;
  }

  @Override
  public void map(MapFunction f, float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    switch (f) {
      case AFFINE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = a * x[xo + i] + b;
        }
      }
      case LEAKY_RELU -> {
        if (a == 0) {
          for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            out[oo + i] = v <= 0 ? 0 : v;
          }
        } else {
          for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            out[oo + i] = v > 0 ? v : a * v;
          }
        }
      }
      case STEP -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] > 0 ? b : a;
        }
      }
      case SQRT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) Math.sqrt(x[xo + i]);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) f.apply(x[xo + i], a, b);
        }
      }
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
    switch (f) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i * xs] + y[yo + i * ys];
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i * xs] - y[yo + i * ys];
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i * xs] * y[yo + i * ys];
        }
      }
      case GATE -> {
        for (int i = 0; i < n; i++) {
          float v = x[xo + i * xs];
          out[oo + i] = v == 0 ? 0 : v * y[yo + i * ys];
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i * xs] / y[yo + i * ys];
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) f.apply(x[xo + i * xs], y[yo + i * ys]);
        }
      }
    }
  }

  @Override
  public void add(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] += x[xo + i];
    }
  }

  @Override
  public void multiplyThenAdd(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = out[oo + i] * x[xo + i] + y[yo + i];
    }
  }

  @Override
  public void addScaled(float scale, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] += scale * x[xo + i];
    }
  }

  @Override
  public void addRows(float[] x, int xo, int step, int rows, float[] out, int oo, int n) {
    int row = 0;
    for (; row + 4 <= rows; row += 4) {
      int r0 = xo + row * step;
      int r1 = r0 + step;
      int r2 = r1 + step;
      int r3 = r2 + step;
      for (int i = 0; i < n; i++) {
        out[oo + i] = out[oo + i] + x[r0 + i] + x[r1 + i] + x[r2 + i] + x[r3 + i];
      }
    }
    for (; row < rows; row++) {
      add(x, xo + row * step, out, oo, n);
    }
  }

  @Override
  public float sum(float[] x, int xo, int n) {
    return ScalarSums.sum(x, xo, n, new float[PARTIAL_SUMS]);
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    return ScalarSums.dot(x, xo, y, yo, n, new float[PARTIAL_SUMS]);
  }

  @Override
  public float max(float[] x, int xo, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[xo + i]);
    }
    return max;
  }

  @Override
  public float min(float[] x, int xo, int n) {
    float min = Float.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      min = Math.min(min, x[xo + i]);
    }
    return min;
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
    float[] partial = new float[PARTIAL_SUMS];
    for (int row = 0; row < rows; row++) {
      ScalarRows.apply(f, epsilon, x, xo + row * xs, n, out, oo + row * os, partial);
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
    float[] partial = new float[PARTIAL_SUMS];
    for (int row = 0; row < rows; row++) {
      ScalarRows.gradient(
          f, epsilon, x, xo + row * xs, dy, yo + row * ys, n, out, oo + row * os, partial);
    }
  }

  /** Blocks depend on nothing but their number, so the processor works on several at a time. */
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
    int[] words = new int[4];
    int head = Math.min(n, -first & 3);
    if (head > 0) {
      Philox.block(key, first / 4, words);
      drop(threshold, scale, words, first % 4, x, xo, out, oo, head);
    }
    int i = head;
    for (; i + 4 <= n; i += 4) {
      Philox.block(key, (first + i) / 4, words);
      drop(threshold, scale, words, 0, x, xo + i, out, oo + i, 4);
    }
    if (i < n) {
      Philox.block(key, (first + i) / 4, words);
      drop(threshold, scale, words, 0, x, xo + i, out, oo + i, n - i);
    }
  }

  private static void drop(
      int threshold,
      float scale,
      int[] words,
      int word,
      float[] x,
      int xo,
      float[] out,
      int oo,
      int n) {
    for (int i = 0; i < n; i++) {
      // All ones where the number is at least p; a branch would be mispredicted.
      int kept = (threshold - 1 - (words[word + i] >>> 8)) >> 31;
      float value = scale * x[xo + i];
      out[oo + i] = Float.intBitsToFloat(Float.floatToRawIntBits(value) & kept);
    }
  }

  @Override
  public void gemm(Gemm g, Tasks tasks) {
    gemm.multiply(g, tasks);
  }

  @Override
  public void adam(AdamStep step, float[] p, float[] g, float[] m, float[] v, int from, int n) {
    float b1 = (float) step.beta1();
    float b2 = (float) step.beta2();
    float r1 = (float) (1 - step.beta1());
    float r2 = (float) (1 - step.beta2());
    float l2 = (float) step.l2();
    float keep = (float) (1 - step.learningRate() * step.decay());
    float rate = (float) (step.learningRate() / step.correction1());
    float root2 = (float) Math.sqrt(step.correction2());
    float epsilon = (float) step.epsilon();
    for (int i = from; i < from + n; i++) {
      float slope = g[i] + l2 * p[i];
      float first = b1 * m[i] + r1 * slope;
      float second = b2 * v[i] + r2 * (slope * slope);
      m[i] = first;
      v[i] = second;
      p[i] = keep * p[i] - rate * first / ((float) Math.sqrt(second) / root2 + epsilon);
    }
  }

  @Override
  public void sgd(SgdStep step, float[] p, float[] g, float[] velocity, int from, int n) {
    float rate = (float) step.learningRate();
    float momentum = (float) step.momentum();
    float l2 = (float) step.l2();
    for (int i = from; i < from + n; i++) {
      float slope = g[i] + l2 * p[i];
      float v = momentum * velocity[i] + slope;
      velocity[i] = v;
      p[i] -= rate * (step.nesterov() ? slope + momentum * v : v);
    }
  }
}
