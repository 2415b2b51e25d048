// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

/**
 * bfloat16 in the bits of a short: the upper half of a float. Rounding is to nearest, ties to even;
 * a NaN stays a NaN and keeps the upper bits of its payload.
 */
final class BFloat16 {
  private static final int QUIET = 0x0040;

  private BFloat16() {}

  static float toFloat(short half) {
    return Float.intBitsToFloat(half << 16);
  }

  static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    if ((bits & 0x7FFF_FFFF) > 0x7F80_0000) {
      return (short) (bits >>> 16 | QUIET);
    }
    return (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
  }

  /** The nearest bfloat16, rounded once. */
  static short of(double value) {
    return of(Float16.toOdd(value));
  }
}
