// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;
import static jdk.incubator.vector.FloatVector.broadcast;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementary functions over whole vectors: n is a multiple of {@link Lanes#COUNT}. The JDK's own
 * give other bits once they are compiled, so these are written with arithmetic that does not: range
 * reduction, a polynomial (minimax for the relative error of the function, found with the Remez
 * exchange), and reconstruction.
 *
 * <p>The bodies call nothing but the Vector API, and e^x is written out where a function is built
 * on it: a call the compiler does not inline turns vectors into objects.
 */
final class VectorMath {
  /** {@code 1.5 * 2^23}: added to a small float it leaves the nearest integer in the low bits. */
  static final float ROUND = 12582912f;

  static final int ROUND_BITS = 0x4b400000;

  /** Taken from such bits, it leaves n + 254: the exponents of two floats whose product is 2^n. */
  static final int TWO_BIASES = ROUND_BITS - 254;

  static final float LOG2_E = 1.442695f;

  /** ln 2 in two parts, the first with so few bits that its products with exponents are exact. */
  static final float LN2_HIGH = 0.69314575f;

  static final float LN2_LOW = 1.4286068e-6f;

  /** Beyond these e^x is infinite, or 0. */
  static final float EXP_MOST = 89f;

  static final float EXP_LEAST = -105f;

  /** Beyond this {@code 1 - 2 / (e^x + 1)} is 1, and 2^n is a float before. */
  private static final float TANH_MOST = 20f;

  static final float SMALLEST_NORMAL = 0x1p-126f;

  static final int SQRT_HALF_BITS = 0x3f3504f3;

  private VectorMath() {}

  /** {@code e^x = 2^n e^r} with {@code |r| <= ln(2)/2}; within 1 ulp. */
  static void exp(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      v = v.blend(EXP_MOST, v.compare(VectorOperators.GT, EXP_MOST));
      v = v.blend(EXP_LEAST, v.compare(VectorOperators.LT, EXP_LEAST));
      FloatVector shifted = v.fma(broadcast(FLOAT, LOG2_E), broadcast(FLOAT, ROUND));
      FloatVector whole = shifted.sub(ROUND);
      FloatVector r =
          whole.fma(broadcast(FLOAT, -LN2_LOW), whole.fma(broadcast(FLOAT, -LN2_HIGH), v));
      FloatVector p =
          broadcast(FLOAT, 0.0013814467f)
              .fma(r, broadcast(FLOAT, 0.008368781f))
              .fma(r, broadcast(FLOAT, 0.041668393f))
              .fma(r, broadcast(FLOAT, 0.1666652f))
              .fma(r, broadcast(FLOAT, 0.49999994f));
      FloatVector y = p.fma(r.mul(r), r).add(1f);
      // Two factors, because 2^n alone may be no float where e^x is still one.
      IntVector bits = shifted.reinterpretAsInts().sub(TWO_BIASES);
      IntVector half = bits.lanewise(VectorOperators.ASHR, 1);
      IntVector first = half.lanewise(VectorOperators.LSHL, 23);
      IntVector second = bits.sub(half).lanewise(VectorOperators.LSHL, 23);
      y.mul(first.reinterpretAsFloats()).mul(second.reinterpretAsFloats()).intoArray(out, oo + i);
    }
  }

  /** Natural logarithm: {@code n ln 2 + ln m} with m in {@code [sqrt 1/2, sqrt 2)}; 1 ulp. */
  static void log(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      VectorMask<Float> tiny = v.compare(VectorOperators.LT, SMALLEST_NORMAL);
      IntVector bits = v.blend(v.mul(0x1p23f), tiny).reinterpretAsInts();
      IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
      FloatVector m = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats();
      FloatVector scaled = exponent.add(ROUND_BITS).reinterpretAsFloats().sub(ROUND);
      FloatVector whole = scaled.blend(scaled.sub(23f), tiny);
      FloatVector f = m.sub(1f);
      FloatVector p =
          broadcast(FLOAT, -0.07635653f)
              .fma(f, broadcast(FLOAT, 0.12763324f))
              .fma(f, broadcast(FLOAT, -0.13160583f))
              .fma(f, broadcast(FLOAT, 0.14201553f))
              .fma(f, broadcast(FLOAT, -0.16623299f))
              .fma(f, broadcast(FLOAT, 0.20001233f))
              .fma(f, broadcast(FLOAT, -0.25000823f))
              .fma(f, broadcast(FLOAT, 0.3333333f))
              .fma(f, broadcast(FLOAT, -0.5f));
      FloatVector y =
          whole.fma(
              broadcast(FLOAT, LN2_HIGH), p.fma(f.mul(f), whole.fma(broadcast(FLOAT, LN2_LOW), f)));
      y = y.blend(v, v.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
      y = y.blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0f));
      // Negative or NaN: the one comparison that both fail.
      y.blend(Float.NaN, v.compare(VectorOperators.GE, 0f).not()).intoArray(out, oo + i);
    }
  }

  /** {@code 1 / (1 + e^-x)} from {@code e^-|x|}, which cannot overflow; within 3 ulp. */
  static void sigmoid(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector t = v.reinterpretAsInts().or(Integer.MIN_VALUE).reinterpretAsFloats();
      t = t.blend(EXP_LEAST, t.compare(VectorOperators.LT, EXP_LEAST));
      FloatVector shifted = t.fma(broadcast(FLOAT, LOG2_E), broadcast(FLOAT, ROUND));
      FloatVector whole = shifted.sub(ROUND);
      FloatVector r =
          whole.fma(broadcast(FLOAT, -LN2_LOW), whole.fma(broadcast(FLOAT, -LN2_HIGH), t));
      FloatVector e =
          broadcast(FLOAT, 0.0013814467f)
              .fma(r, broadcast(FLOAT, 0.008368781f))
              .fma(r, broadcast(FLOAT, 0.041668393f))
              .fma(r, broadcast(FLOAT, 0.1666652f))
              .fma(r, broadcast(FLOAT, 0.49999994f))
              .fma(r.mul(r), r)
              .add(1f);
      IntVector bits = shifted.reinterpretAsInts().sub(TWO_BIASES);
      IntVector half = bits.lanewise(VectorOperators.ASHR, 1);
      IntVector one = half.lanewise(VectorOperators.LSHL, 23);
      IntVector two = bits.sub(half).lanewise(VectorOperators.LSHL, 23);
      e = e.mul(one.reinterpretAsFloats()).mul(two.reinterpretAsFloats());
      FloatVector top = e.blend(1f, v.compare(VectorOperators.GE, 0f));
      top.div(e.add(1f)).intoArray(out, oo + i);
    }
  }

  /** {@code x s(a x)} with s the {@link #sigmoid}. */
  static void swish(float a, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector u = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector v = u.mul(a);
      FloatVector t = v.reinterpretAsInts().or(Integer.MIN_VALUE).reinterpretAsFloats();
      t = t.blend(EXP_LEAST, t.compare(VectorOperators.LT, EXP_LEAST));
      FloatVector shifted = t.fma(broadcast(FLOAT, LOG2_E), broadcast(FLOAT, ROUND));
      FloatVector whole = shifted.sub(ROUND);
      FloatVector r =
          whole.fma(broadcast(FLOAT, -LN2_LOW), whole.fma(broadcast(FLOAT, -LN2_HIGH), t));
      FloatVector e =
          broadcast(FLOAT, 0.0013814467f)
              .fma(r, broadcast(FLOAT, 0.008368781f))
              .fma(r, broadcast(FLOAT, 0.041668393f))
              .fma(r, broadcast(FLOAT, 0.1666652f))
              .fma(r, broadcast(FLOAT, 0.49999994f))
              .fma(r.mul(r), r)
              .add(1f);
      IntVector bits = shifted.reinterpretAsInts().sub(TWO_BIASES);
      IntVector half = bits.lanewise(VectorOperators.ASHR, 1);
      IntVector one = half.lanewise(VectorOperators.LSHL, 23);
      IntVector two = bits.sub(half).lanewise(VectorOperators.LSHL, 23);
      e = e.mul(one.reinterpretAsFloats()).mul(two.reinterpretAsFloats());
      FloatVector share = e.blend(1f, v.compare(VectorOperators.GE, 0f)).div(e.add(1f));
      VectorMask<Float> none = share.compare(VectorOperators.EQ, 0f);
      share.mul(u).blend(0f, none).intoArray(out, oo + i);
    }
  }

  /** {@code s(a x) (1 + a x s(-a x))} with s the {@link #sigmoid}. */
  static void swishSlope(float a, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i).mul(a);
      v = v.blend(-EXP_LEAST, v.compare(VectorOperators.GT, -EXP_LEAST));
      v = v.blend(EXP_LEAST, v.compare(VectorOperators.LT, EXP_LEAST));
      FloatVector t = v.reinterpretAsInts().or(Integer.MIN_VALUE).reinterpretAsFloats();
      FloatVector shifted = t.fma(broadcast(FLOAT, LOG2_E), broadcast(FLOAT, ROUND));
      FloatVector whole = shifted.sub(ROUND);
      FloatVector r =
          whole.fma(broadcast(FLOAT, -LN2_LOW), whole.fma(broadcast(FLOAT, -LN2_HIGH), t));
      FloatVector e =
          broadcast(FLOAT, 0.0013814467f)
              .fma(r, broadcast(FLOAT, 0.008368781f))
              .fma(r, broadcast(FLOAT, 0.041668393f))
              .fma(r, broadcast(FLOAT, 0.1666652f))
              .fma(r, broadcast(FLOAT, 0.49999994f))
              .fma(r.mul(r), r)
              .add(1f);
      IntVector bits = shifted.reinterpretAsInts().sub(TWO_BIASES);
      IntVector half = bits.lanewise(VectorOperators.ASHR, 1);
      IntVector one = half.lanewise(VectorOperators.LSHL, 23);
      IntVector two = bits.sub(half).lanewise(VectorOperators.LSHL, 23);
      e = e.mul(one.reinterpretAsFloats()).mul(two.reinterpretAsFloats());
      VectorMask<Float> positive = v.compare(VectorOperators.GE, 0f);
      FloatVector both = e.add(1f);
      FloatVector up = e.blend(1f, positive).div(both);
      FloatVector down = broadcast(FLOAT, 1f).blend(e, positive).div(both);
      up.mul(v.fma(down, broadcast(FLOAT, 1f))).intoArray(out, oo + i);
    }
  }

  /**
   * Hyperbolic tangent of {@code |x|}, with the sign of x: an odd polynomial near 0, {@code 1 - 2 /
   * (e^2|x| + 1)} elsewhere; within 2 ulp.
   */
  static void tanh(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector t = v.abs().mul(2f);
      t = t.blend(TANH_MOST, t.compare(VectorOperators.GT, TANH_MOST));
      FloatVector shifted = t.fma(broadcast(FLOAT, LOG2_E), broadcast(FLOAT, ROUND));
      FloatVector whole = shifted.sub(ROUND);
      FloatVector r =
          whole.fma(broadcast(FLOAT, -LN2_LOW), whole.fma(broadcast(FLOAT, -LN2_HIGH), t));
      FloatVector e =
          broadcast(FLOAT, 0.0013814467f)
              .fma(r, broadcast(FLOAT, 0.008368781f))
              .fma(r, broadcast(FLOAT, 0.041668393f))
              .fma(r, broadcast(FLOAT, 0.1666652f))
              .fma(r, broadcast(FLOAT, 0.49999994f))
              .fma(r.mul(r), r)
              .add(1f);
      IntVector bits = shifted.reinterpretAsInts().sub(ROUND_BITS);
      IntVector power = bits.add(127).lanewise(VectorOperators.LSHL, 23);
      e = e.mul(power.reinterpretAsFloats());
      FloatVector far = broadcast(FLOAT, 1f).sub(broadcast(FLOAT, 2f).div(e.add(1f)));
      FloatVector size = v.abs();
      FloatVector square = v.mul(v);
      FloatVector p =
          broadcast(FLOAT, -0.0057049864f)
              .fma(square, broadcast(FLOAT, 0.020639086f))
              .fma(square, broadcast(FLOAT, -0.053739715f))
              .fma(square, broadcast(FLOAT, 0.13331442f))
              .fma(square, broadcast(FLOAT, -0.3333328f));
      FloatVector near = p.mul(square).fma(size, size);
      FloatVector y = far.blend(near, size.compare(VectorOperators.LT, 0.625f));
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      y.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(out, oo + i);
    }
  }

  /**
   * {@code log(1 + e^x) = max(x, 0) + log(1 + y)} with {@code y = e^-|x|}, and {@code log(1 + y) =
   * 2 artanh(s)} with {@code s = y / (2 + y)}; within 3 ulp.
   */
  static void softplus(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector t = v.reinterpretAsInts().or(Integer.MIN_VALUE).reinterpretAsFloats();
      t = t.blend(EXP_LEAST, t.compare(VectorOperators.LT, EXP_LEAST));
      FloatVector shifted = t.fma(broadcast(FLOAT, LOG2_E), broadcast(FLOAT, ROUND));
      FloatVector whole = shifted.sub(ROUND);
      FloatVector r =
          whole.fma(broadcast(FLOAT, -LN2_LOW), whole.fma(broadcast(FLOAT, -LN2_HIGH), t));
      FloatVector e =
          broadcast(FLOAT, 0.0013814467f)
              .fma(r, broadcast(FLOAT, 0.008368781f))
              .fma(r, broadcast(FLOAT, 0.041668393f))
              .fma(r, broadcast(FLOAT, 0.1666652f))
              .fma(r, broadcast(FLOAT, 0.49999994f))
              .fma(r.mul(r), r)
              .add(1f);
      IntVector bits = shifted.reinterpretAsInts().sub(TWO_BIASES);
      IntVector half = bits.lanewise(VectorOperators.ASHR, 1);
      IntVector one = half.lanewise(VectorOperators.LSHL, 23);
      IntVector two = bits.sub(half).lanewise(VectorOperators.LSHL, 23);
      e = e.mul(one.reinterpretAsFloats()).mul(two.reinterpretAsFloats());
      FloatVector s = e.div(e.add(2f));
      FloatVector square = s.mul(s);
      FloatVector p =
          broadcast(FLOAT, 0.28012666f)
              .fma(square, broadcast(FLOAT, 0.28001678f))
              .fma(square, broadcast(FLOAT, 0.40021536f))
              .fma(square, broadcast(FLOAT, 0.6666642f));
      FloatVector log = p.mul(square).fma(s, s.add(s));
      FloatVector above = v.blend(0f, v.compare(VectorOperators.LT, 0f));
      above.add(log).intoArray(out, oo + i);
    }
  }
}
