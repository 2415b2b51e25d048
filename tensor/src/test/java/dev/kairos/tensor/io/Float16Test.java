// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.DoubleToIntFunction;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class Float16Test {
  private static final int SEED = 16;

  @Test
  void everyHalfHasTheValueOfItsBitsAndComesBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Float16.toFloat((short) bits);
      int exponent = bits >>> 10 & 0x1F;
      int fraction = bits & 0x3FF;
      if (exponent == 0x1F && fraction != 0) {
        assertTrue(Float.isNaN(value));
        assertEquals((short) (bits | 0x200), Float16.of(value), "NaN " + bits);
        continue;
      }
      double magnitude =
          exponent == 0x1F
              ? Double.POSITIVE_INFINITY
              : exponent == 0
                  ? Math.scalb((double) fraction, -24)
                  : Math.scalb((double) (1024 + fraction), exponent - 25);
      assertEquals(Math.copySign(magnitude, bits >= 0x8000 ? -1 : 1), value, 0, "half " + bits);
      assertEquals(bits >= 0x8000, Math.copySign(1f, value) < 0, "sign of " + bits);
      assertEquals((short) bits, Float16.of(value), "half " + bits);
      assertEquals((short) bits, Float16.of((double) value), "half " + bits);
    }
  }

  @Test
  void everyBrainFloatIsTheUpperHalfOfAFloatAndComesBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = BFloat16.toFloat((short) bits);
      assertEquals(bits << 16, Float.floatToRawIntBits(value));
      short expected = (short) (Float.isNaN(value) ? bits | 0x40 : bits);
      assertEquals(expected, BFloat16.of(value), "bfloat16 " + bits);
    }
  }

  @Test
  void roundsToNearestTiesToEven() {
    checkRounding(b -> Float16.toFloat((short) b), Float16::of, 0x7C00, -26, 17);
    checkRounding(b -> BFloat16.toFloat((short) b), BFloat16::of, 0x7F80, -136, 129);
  }

  @Test
  void overflowBeginsHalfwayPastTheLargest() {
    assertEquals((short) 0x7BFF, Float16.of(Math.nextDown(65520f)));
    assertEquals((short) 0x7C00, Float16.of(65520f));
    assertEquals((short) 0xFC00, Float16.of(-1e300));
    assertEquals((short) 0x0000, Float16.of(0x1p-25f));
    assertEquals((short) 0x0001, Float16.of(Math.nextUp(0x1p-25f)));
    assertEquals((short) 0x8000, Float16.of(-Double.MIN_VALUE));
    assertEquals((short) 0x7F80, BFloat16.of(Float.MAX_VALUE));
    assertEquals((short) 0x0000, BFloat16.of(Double.MIN_VALUE));
  }

  @Test
  void doublesAreRoundedOnce() {
    double justOverTie = 1 + 0x1p-11 + 0x1p-40; // as a float it would be the tie, and go down
    assertEquals((short) 0x3C01, Float16.of(justOverTie));
    assertEquals((short) 0x3C00, Float16.of((float) justOverTie));
    assertEquals((short) 0x3F81, BFloat16.of(1 + 0x1p-8 + 0x1p-50));
  }

  /** Compares with the definition: the nearer neighbour, and of two equally near the even one. */
  private static void checkRounding(
      IntToDoubleFunction value, DoubleToIntFunction round, int infinity, int low, int high) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 200_000; i++) {
      double x = Math.scalb(1 + random.nextDouble(), random.nextInt(low, high));
      if (i % 4 == 0) {
        int at = random.nextInt(infinity - 1);
        x = (value.applyAsDouble(at) + value.applyAsDouble(at + 1)) / 2; // exactly a tie
      }
      int below = floor(value, infinity, x);
      double down = value.applyAsDouble(below);
      double up =
          below + 1 < infinity
              ? value.applyAsDouble(below + 1)
              : 2 * down - value.applyAsDouble(below - 1);
      int expected =
          x - down < up - x || (x - down == up - x && below % 2 == 0) ? below : below + 1;
      String where = "seed " + SEED + ", " + x;
      assertEquals((short) expected, (short) round.applyAsInt(x), where);
      assertEquals((short) (expected | 0x8000), (short) round.applyAsInt(-x), where);
    }
  }

  private static int floor(IntToDoubleFunction value, int infinity, double x) {
    int low = 0;
    int high = infinity;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (value.applyAsDouble(middle) <= x) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
