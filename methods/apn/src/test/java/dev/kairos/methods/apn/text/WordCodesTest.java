// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WordCodesTest {
  private static double cosine(String a, String b) {
    return UnitVectors.dot(
        WordCodes.vector(a, WordCodes.WIDTH), WordCodes.vector(b, WordCodes.WIDTH));
  }

  @Test
  void namesThatShareAWordAreAlike() {
    assertEquals(0.69, cosine("cliff diving", "diving"), 0.005);
    assertTrue(Math.abs(cosine("clean and jerk", "baseball pitch")) < 0.16); // four deviations
    assertEquals(1, cosine("cha cha", "cha"), 1e-12);
    assertTrue(cosine("cha cha slide", "cha slide") < 0.99); // a word that comes twice counts twice
  }

  @Test
  void oneWordIsSignsAlone() {
    double each = 1 / Math.sqrt(8);
    double[] signs = Arrays.stream(WordCodes.vector("动作", 8)).map(Math::signum).toArray();
    assertArrayEquals(
        Arrays.stream(signs).map(s -> s * each).toArray(), WordCodes.vector("动作", 8), 1e-15);
    assertArrayEquals(
        WordCodes.vector("take", 8), Arrays.copyOf(WordCodes.vector("take", 8), 8), 0);
  }
}
