// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementary functions of a vector. The JDK's own give other bits once they are compiled, so these
 * are written with arithmetic that does not: range reduction, a polynomial (minimax for the
 * relative error of the function, found with the Remez exchange), and reconstruction.
 */
final class VectorMath {
  /** {@code 1.5 * 2^23}: added to a small float it leaves the nearest integer in the low bits. */
  private static final float ROUND = 12582912f;

  private static final float LOG2_E = 1.442695f;

  /** ln 2 in two parts, the first with so few bits that its products with exponents are exact. */
  private static final float LN2_HIGH = 0.693145751953125f;

  private static final float LN2_LOW = 1.4286068e-6f;

  /** Beyond these e^x is infinite, or 0. */
  private static final float EXP_MOST = 89f;

  private static final float EXP_LEAST = -105f;

  private static final float SMALLEST_NORMAL = 0x1p-126f;

  private static final int SQRT_HALF_BITS = 0x3f3504f3;

  private VectorMath() {}

  /** {@code e^x}: {@code 2^n e^r} with {@code |r| <= ln(2)/2}; within 1 ulp. */
  static FloatVector exp(FloatVector x) {
    FloatVector z = x.min(EXP_MOST).max(EXP_LEAST);
    FloatVector shifted = z.fma(all(LOG2_E), all(ROUND));
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.fma(all(-LN2_LOW), n.fma(all(-LN2_HIGH), z));
    FloatVector p =
        all(0.0013814467f)
            .fma(r, all(0.008368781f))
            .fma(r, all(0.041668393f))
            .fma(r, all(0.1666652f))
            .fma(r, all(0.49999994f));
    FloatVector y = p.fma(r.mul(r), r).add(1f);
    // Two factors, because 2^n alone may be no float where e^x is still one.
    IntVector whole = shifted.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUND));
    IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
    return y.mul(powerOfTwo(half)).mul(powerOfTwo(whole.sub(half)));
  }

  private static FloatVector powerOfTwo(IntVector n) {
    return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  /** Natural logarithm: {@code n ln 2 + ln m} with m in {@code [sqrt 1/2, sqrt 2)}; 1 ulp. */
  static FloatVector log(FloatVector x) {
    VectorMask<Float> tiny = x.compare(VectorOperators.LT, SMALLEST_NORMAL);
    IntVector bits = x.blend(x.mul(0x1p23f), tiny).reinterpretAsInts();
    IntVector whole = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
    FloatVector m = bits.sub(whole.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats();
    FloatVector n = exactFloat(whole);
    n = n.blend(n.sub(23f), tiny);
    FloatVector f = m.sub(1f);
    FloatVector p =
        all(-0.07635653f)
            .fma(f, all(0.12763324f))
            .fma(f, all(-0.13160583f))
            .fma(f, all(0.14201553f))
            .fma(f, all(-0.16623299f))
            .fma(f, all(0.20001233f))
            .fma(f, all(-0.25000823f))
            .fma(f, all(0.3333333f))
            .fma(f, all(-0.5f));
    FloatVector y = n.fma(all(LN2_HIGH), p.fma(f.mul(f), n.fma(all(LN2_LOW), f)));
    y = y.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
    y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
    // Negative or NaN: the one comparison that both fail.
    return y.blend(Float.NaN, x.compare(VectorOperators.GE, 0f).not());
  }

  /** Small whole numbers as floats, by the same trick as in {@link #exp} the other way round. */
  private static FloatVector exactFloat(IntVector n) {
    return n.add(Float.floatToRawIntBits(ROUND)).reinterpretAsFloats().sub(ROUND);
  }

  /** {@code 1 / (1 + e^-x)}, by the e^-|x| that cannot overflow; within 2 ulp. */
  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    FloatVector top = e.blend(1f, x.compare(VectorOperators.GE, 0f));
    return top.div(e.add(1f));
  }

  /**
   * Hyperbolic tangent: an odd polynomial near 0, {@code 1 - 2 / (e^2|x| + 1)} with the sign of x
   * elsewhere; within 2 ulp.
   */
  static FloatVector tanh(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector far = all(1f).sub(all(2f).div(exp(size.add(size)).add(1f)));
    FloatVector square = x.mul(x);
    FloatVector p =
        all(-0.0057049864f)
            .fma(square, all(0.020639086f))
            .fma(square, all(-0.053739715f))
            .fma(square, all(0.13331442f))
            .fma(square, all(-0.3333328f));
    FloatVector near = p.mul(square).fma(size, size);
    FloatVector y = far.blend(near, size.compare(VectorOperators.LT, 0.625f));
    IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
    return y.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /**
   * {@code log(1 + e^x) = max(x, 0) + log(1 + y)} with {@code y = e^-|x|}, and {@code log(1 + y) =
   * 2 artanh(s)} with {@code s = y / (2 + y)}; within 3 ulp.
   */
  static FloatVector softplus(FloatVector x) {
    FloatVector y = exp(x.abs().neg());
    FloatVector s = y.div(y.add(2f));
    FloatVector square = s.mul(s);
    FloatVector p =
        all(0.28012666f)
            .fma(square, all(0.28001678f))
            .fma(square, all(0.40021536f))
            .fma(square, all(0.6666642f));
    FloatVector log = p.mul(square).fma(s, s.add(s));
    return x.max(0f).add(log);
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(Lanes.FLOAT, value);
  }
}
