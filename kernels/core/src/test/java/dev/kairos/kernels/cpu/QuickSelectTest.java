// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.kairos.kernels.contract.Seeded;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuickSelectTest {
  private final QuickSelect largest = new QuickSelect();

  private void check(float[] x, int k) {
    int[] found = new int[k];
    largest.find(x, 0, 1, x.length, k, found, 0, 1);
    // Stable, and 0 equals -0.
    int[] expected =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -rank(x[i])))
            .mapToInt(Integer::intValue)
            .limit(k)
            .toArray();
    assertArrayEquals(expected, found, k + " of " + x.length);
  }

  /** The number with NaN above infinity and one zero. */
  private static double rank(float value) {
    return Float.isNaN(value)
        ? Double.MAX_VALUE
        : value == Float.POSITIVE_INFINITY
            ? 1e300
            : value == Float.NEGATIVE_INFINITY ? -1e300 : value + 0.0;
  }

  @Test
  void findsTheLargestOfAnything() {
    Seeded.trials(
        "largest",
        400,
        random -> {
          float[] special = {
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            0f,
            -0f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MAX_VALUE,
            -Float.MAX_VALUE
          };
          float[] x = new float[1 + random.nextInt(500)];
          int kinds = 1 + random.nextInt(4);
          for (int i = 0; i < x.length; i++) {
            x[i] =
                switch (random.nextInt(kinds)) {
                  case 0 -> (float) random.nextDouble(-3, 3);
                  case 1 -> random.nextInt(5);
                  case 2 -> special[random.nextInt(special.length)];
                  default -> Float.intBitsToFloat(random.nextInt());
                };
          }
          check(x, 1 + random.nextInt(x.length));
        });
  }

  /** Orders in which a pivot from three places splits badly. */
  @Test
  void findsTheLargestOfOrderedNumbers() {
    int n = 3000;
    for (int k : new int[] {1, 2, 17, n / 2, n - 1, n}) {
      float[] up = new float[n];
      float[] down = new float[n];
      float[] equal = new float[n];
      float[] organ = new float[n];
      for (int i = 0; i < n; i++) {
        up[i] = i;
        down[i] = -i;
        organ[i] = Math.min(i, n - i);
      }
      check(up, k);
      check(down, k);
      check(equal, k);
      check(organ, k);
    }
  }

  @Test
  void readsAndWritesWithSteps() {
    float[] x = {9, 1, 9, 5, 9, 3};
    int[] out = {-1, -1, -1, -1};
    largest.find(x, 1, 2, 3, 2, out, 0, 3);
    assertArrayEquals(new int[] {1, -1, -1, 2}, out);
  }
}
