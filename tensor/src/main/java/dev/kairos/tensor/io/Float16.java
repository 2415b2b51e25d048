// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

/**
 * IEEE 754 binary16 in the bits of a short: sign, 5 bits of exponent (bias 15), 10 of fraction.
 * Rounding is to nearest, ties to even; a NaN stays a NaN and keeps the upper bits of its payload.
 */
final class Float16 {
  private static final int SIGN = 0x8000;
  private static final int INFINITY = 0x7C00;
  private static final int QUIET = 0x0200;

  /** The smallest subnormal, 2^-24. */
  private static final float ULP = 0x1p-24f;

  private Float16() {}

  static float toFloat(short half) {
    int bits = half & 0xFFFF;
    int sign = (bits & SIGN) << 16;
    int exponent = bits >>> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 0) {
      float magnitude = fraction * ULP; // exact: at most 10 significant bits
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
    }
    int wide = exponent == 0x1F ? 0xFF : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }

  static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & SIGN;
    int magnitude = bits & 0x7FFF_FFFF;
    if (magnitude > 0x7F80_0000) {
      return (short) (sign | INFINITY | QUIET | (magnitude >>> 13 & 0x3FF));
    }
    if (magnitude < 0x3880_0000) { // below 2^-14: a multiple of 2^-24, by the addition that rounds
      int units = Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) + 0.5f) - 0x3F00_0000;
      return (short) (sign | units);
    }
    int rebased = magnitude - ((127 - 15) << 23);
    int rounded = (rebased + 0xFFF + (rebased >>> 13 & 1)) >>> 13;
    return (short) (sign | Math.min(rounded, INFINITY));
  }

  /** The nearest half, rounded once. */
  static short of(double value) {
    return of(toOdd(value));
  }

  /**
   * The float towards zero, its last bit set where something was cut: rounding it again, to a
   * format at least two bits narrower, gives what rounding the double at once would give.
   */
  static float toOdd(double value) {
    float nearest = (float) value;
    if (nearest == value || Double.isNaN(value)) {
      return nearest;
    }
    int bits = Float.floatToRawIntBits(nearest);
    int towardsZero = Math.abs((double) nearest) > Math.abs(value) ? bits - 1 : bits;
    return Float.intBitsToFloat(towardsZero | 1);
  }
}
