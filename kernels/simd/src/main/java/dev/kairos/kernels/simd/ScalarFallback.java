// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.VIRTUAL;
import static dev.kairos.kernels.simd.VectorMath.EXP_LEAST;
import static dev.kairos.kernels.simd.VectorMath.EXP_MOST;
import static dev.kairos.kernels.simd.VectorMath.LN2_HIGH;
import static dev.kairos.kernels.simd.VectorMath.LN2_LOW;
import static dev.kairos.kernels.simd.VectorMath.LOG2_E;
import static dev.kairos.kernels.simd.VectorMath.ROUND;
import static dev.kairos.kernels.simd.VectorMath.ROUND_BITS;
import static dev.kairos.kernels.simd.VectorMath.SMALLEST_NORMAL;
import static dev.kairos.kernels.simd.VectorMath.SQRT_HALF_BITS;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.ZipFunction;
import java.util.Arrays;

/**
 * The vector loops' functions for one element at a time: the same steps, and so the same bits. For
 * little work, see {@link LittleWork}.
 */
final class ScalarFallback {
  /** So many elements at most are little work. */
  static final int LITTLE = 2048;

  /**
   * Little work of loops that run along rows, in all: the rows of large tensors come here too, so
   * it ends when the vector loops, which are faster, could have been compiled.
   */
  static final long BUDGET = 1L << 27;

  /** So few elements that vectors gain nothing. */
  static final int FEW = 128;

  private ScalarFallback() {}

  static void zip(
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
      case ADD -> add(x, xo, xs, y, yo, ys, out, oo, n);
      case SUBTRACT -> subtract(x, xo, xs, y, yo, ys, out, oo, n);
      case MULTIPLY -> multiply(x, xo, xs, y, yo, ys, out, oo, n);
      case DIVIDE -> divide(x, xo, xs, y, yo, ys, out, oo, n);
      default -> {
        for (int i = 0; i < n; i++) {
          // Rounding a double result again changes nothing: it has more than twice the digits.
          out[oo + i] = (float) f.apply(x[xo + i * xs], y[yo + i * ys]);
        }
      }
    }
  }

  private static void add(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i * xs] + y[yo + i * ys];
    }
  }

  private static void subtract(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i * xs] - y[yo + i * ys];
    }
  }

  private static void multiply(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i * xs] * y[yo + i * ys];
    }
  }

  private static void divide(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = x[xo + i * xs] / y[yo + i * ys];
    }
  }

  /** As {@link VectorSums#addRows}. */
  static void addRows(float[] x, int xo, int step, int rows, float[] out, int oo, int n) {
    for (int row = 0; row < rows; row++) {
      int from = xo + row * step;
      for (int i = 0; i < n; i++) {
        out[oo + i] += x[from + i];
      }
    }
  }

  /** As {@link VectorSums#sum}. */
  static float sum(float[] x, int xo, int n, float[] partial) {
    Arrays.fill(partial, 0, VIRTUAL, 0f);
    for (int i = 0; i < n; i++) {
      partial[i % VIRTUAL] += x[xo + i];
    }
    return VectorSums.tree(partial, 0);
  }

  /** A loop for each function: a choice within one loop would be made for every element. */
  static void map(MapFunction f, float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    switch (f) {
      case AFFINE -> affine(a, b, x, xo, out, oo, n);
      case ABS -> abs(x, xo, out, oo, n);
      case SIGN -> sign(x, xo, out, oo, n);
      case EXP -> exp(x, xo, out, oo, n);
      case LOG -> log(x, xo, out, oo, n);
      case SQRT -> sqrt(x, xo, out, oo, n);
      case RECIPROCAL -> reciprocal(x, xo, out, oo, n);
      case POWER -> power(a, x, xo, out, oo, n);
      case SIGMOID -> sigmoid(x, xo, out, oo, n);
      case SWISH -> swish(a, x, xo, out, oo, n);
      case SWISH_SLOPE -> swishSlope(a, x, xo, out, oo, n);
      case SIGMOID_SLOPE -> sigmoidSlope(x, xo, out, oo, n);
      case TANH -> tanh(x, xo, out, oo, n);
      case TANH_SLOPE -> tanhSlope(x, xo, out, oo, n);
      case SOFTPLUS -> softplus(x, xo, out, oo, n);
      case LEAKY_RELU -> leakyRelu(a, x, xo, out, oo, n);
      case STEP -> step(a, b, x, xo, out, oo, n);
      case CLAMP -> clamp(a, b, x, xo, out, oo, n);
      case BETWEEN -> between(a, b, x, xo, out, oo, n);
      default -> defined(f, a, b, x, xo, out, oo, n);
    }
  }

  static void adam(AdamStep step, float[] p, float[] g, float[] m, float[] v, int from, int n) {
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
      float slope = Math.fma(p[i], l2, g[i]);
      float first = m[i] * b1 + slope * r1;
      float second = v[i] * b2 + slope * slope * r2;
      m[i] = first;
      v[i] = second;
      p[i] = p[i] * keep - first * rate / ((float) Math.sqrt(second) / root2 + epsilon);
    }
  }

  private static void affine(float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = Math.fma(v, a, b);
    }
  }

  private static void abs(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = Math.abs(v);
    }
  }

  private static void sign(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = v > 0 ? 1 : v < 0 ? -1 : 0;
    }
  }

  private static void exp(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = exp(v);
    }
  }

  private static void log(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = log(v);
    }
  }

  private static void sqrt(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = (float) Math.sqrt(v);
    }
  }

  private static void reciprocal(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = 1 / v;
    }
  }

  private static void power(float a, float[] x, int xo, float[] out, int oo, int n) {
    if (a == 2f) {
      square(x, xo, out, oo, n);
    } else {
      defined(MapFunction.POWER, a, 0, x, xo, out, oo, n);
    }
  }

  private static void square(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = v * v;
    }
  }

  private static void sigmoid(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = sigmoid(v);
    }
  }

  private static void swish(float a, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = swish(v, sigmoid(v * a));
    }
  }

  private static void swishSlope(float a, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = swishSlope(v * a);
    }
  }

  private static void sigmoidSlope(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = v * (1 - v);
    }
  }

  private static void tanh(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = tanh(v);
    }
  }

  private static void tanhSlope(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = (1 - v) * (1 + v);
    }
  }

  private static void softplus(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = softplus(v);
    }
  }

  private static void leakyRelu(float a, float[] x, int xo, float[] out, int oo, int n) {
    if (a == 0) {
      relu(x, xo, out, oo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = v > 0 ? v : v * a;
    }
  }

  private static void relu(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = v <= 0 ? 0 : v;
    }
  }

  private static void step(float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = v > 0 ? b : a;
    }
  }

  private static void clamp(float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = v < a ? a : v > b ? b : v;
    }
  }

  private static void between(float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      out[oo + i] = a <= v && v <= b ? 1 : 0;
    }
  }

  private static void defined(
      MapFunction f, float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) f.apply(x[xo + i], a, b);
    }
  }

  /** {@link VectorRows#softmax}. */
  static void softmax(float[] x, int xo, int n, boolean log, float[] out, int oo, float[] partial) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = x[xo + i] > max ? x[xo + i] : max;
    }
    Arrays.fill(partial, 0, Lanes.VIRTUAL, 0f);
    for (int i = 0; i < n; i++) {
      float d = x[xo + i] - max;
      float e = exp(d);
      partial[i % Lanes.VIRTUAL] += e;
      out[oo + i] = log ? d : e;
    }
    float sum = VectorSums.tree(partial, 0);
    float scale = log ? 1f : 1 / sum;
    float shift = log ? -(float) Math.log(sum) : 0f;
    for (int i = 0; i < n; i++) {
      out[oo + i] = Math.fma(out[oo + i], scale, shift);
    }
  }

  static float exp(float x) {
    float v = x > EXP_MOST ? EXP_MOST : x;
    v = v < EXP_LEAST ? EXP_LEAST : v;
    float shifted = Math.fma(v, LOG2_E, ROUND);
    float whole = shifted - ROUND;
    float r = Math.fma(whole, -LN2_LOW, Math.fma(whole, -LN2_HIGH, v));
    float p = Math.fma(0.0013814467f, r, 0.008368781f);
    p = Math.fma(p, r, 0.041668393f);
    p = Math.fma(p, r, 0.1666652f);
    p = Math.fma(p, r, 0.49999994f);
    float y = Math.fma(p, r * r, r) + 1f;
    int bits = Float.floatToRawIntBits(shifted) - ROUND_BITS;
    int half = bits >> 1;
    float first = Float.intBitsToFloat((half + 127) << 23);
    float second = Float.intBitsToFloat((bits - half + 127) << 23);
    return y * first * second;
  }

  private static float log(float v) {
    if (!(v > 0) || v == Float.POSITIVE_INFINITY) {
      return v == 0 ? Float.NEGATIVE_INFINITY : v > 0 ? v : Float.NaN;
    }
    boolean tiny = v < SMALLEST_NORMAL;
    int bits = Float.floatToRawIntBits(tiny ? v * 0x1p23f : v);
    int exponent = (bits - SQRT_HALF_BITS) >> 23;
    float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1f;
    float scaled = Float.intBitsToFloat(exponent + ROUND_BITS) - ROUND;
    float whole = tiny ? scaled - 23f : scaled;
    float p = Math.fma(-0.07635653f, f, 0.12763324f);
    p = Math.fma(p, f, -0.13160583f);
    p = Math.fma(p, f, 0.14201553f);
    p = Math.fma(p, f, -0.16623299f);
    p = Math.fma(p, f, 0.20001233f);
    p = Math.fma(p, f, -0.25000823f);
    p = Math.fma(p, f, 0.3333333f);
    p = Math.fma(p, f, -0.5f);
    return Math.fma(whole, LN2_HIGH, Math.fma(p, f * f, Math.fma(whole, LN2_LOW, f)));
  }

  private static float sigmoid(float v) {
    float e = exp(-Math.abs(v));
    return (v >= 0 ? 1f : e) / (e + 1f);
  }

  private static float swish(float x, float share) {
    return share == 0 ? 0 : share * x;
  }

  private static float swishSlope(float x) {
    float v = x > -EXP_LEAST ? -EXP_LEAST : x;
    v = v < EXP_LEAST ? EXP_LEAST : v;
    float e = exp(-Math.abs(v));
    float both = e + 1f;
    float down = (v >= 0 ? e : 1f) / both;
    return (v >= 0 ? 1f : e) / both * Math.fma(v, down, 1f);
  }

  private static float tanh(float v) {
    float size = Math.abs(v);
    float y;
    if (size < 0.625f) {
      float square = v * v;
      float p = Math.fma(-0.0057049864f, square, 0.020639086f);
      p = Math.fma(p, square, -0.053739715f);
      p = Math.fma(p, square, 0.13331442f);
      p = Math.fma(p, square, -0.3333328f);
      y = Math.fma(p * square, size, size);
    } else {
      y = 1f - 2f / (exp(size * 2f) + 1f);
    }
    int sign = Float.floatToRawIntBits(v) & Integer.MIN_VALUE;
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) | sign);
  }

  private static float softplus(float v) {
    float e = exp(-Math.abs(v));
    float s = e / (e + 2f);
    float square = s * s;
    float p = Math.fma(0.28012666f, square, 0.28001678f);
    p = Math.fma(p, square, 0.40021536f);
    p = Math.fma(p, square, 0.6666642f);
    float log = Math.fma(p * square, s, s + s);
    return (v < 0 ? 0f : v) + log;
  }
}
