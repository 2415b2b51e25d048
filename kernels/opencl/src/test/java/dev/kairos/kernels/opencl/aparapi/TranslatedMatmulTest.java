// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.kernels.opencl.OpenClHere;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenClHere.class)
class TranslatedMatmulTest {
  private static float[] numbers(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private static float[] loop(float[] a, float[] b, int m, int k, int n) {
    float[] out = new float[m * n];
    for (int i = 0; i < m; i++) {
      for (int l = 0; l < k; l++) {
        for (int j = 0; j < n; j++) {
          out[i * n + j] += a[i * k + l] * b[l * n + j];
        }
      }
    }
    return out;
  }

  /**
   * On the device: where a translation fails, Aparapi runs the class in the JVM and says nothing.
   */
  @Test
  void agreesWithALoopAndRunsOnTheDevice() {
    TranslatedMatmul matmul = new TranslatedMatmul();
    try {
      for (int[] s : new int[][] {{37, 29, 41}, {1, 1, 1}, {64, 128, 32}, {7, 300, 5}}) {
        float[] a = numbers(s[0] * s[1], 1);
        float[] b = numbers(s[1] * s[2], 2);
        float[] out = new float[s[0] * s[2]];
        matmul.multiply(a, b, out, s[0], s[1], s[2]);
        assertArrayEquals(loop(a, b, s[0], s[1], s[2]), out, 1e-4f);
        assertEquals(Aparapi.device("").info().name(), matmul.ranOn());
      }
    } finally {
      matmul.dispose();
    }
  }

  @Test
  void refusesArraysOfOtherLengths() {
    TranslatedMatmul matmul = new TranslatedMatmul();
    float[] six = new float[6];
    assertThrows(
        IllegalArgumentException.class,
        () -> matmul.multiply(six, new float[11], new float[8], 2, 3, 4));
    assertThrows(
        IllegalArgumentException.class,
        () -> matmul.multiply(new float[0], six, new float[0], 0, 3, 2));
  }
}
