// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PrefixSumsTest {

  @Test
  void sumsAndMeans() {
    PrefixSums sums = new PrefixSums(new double[] {1, 2, 4, 8});
    assertEquals(4, sums.length());
    assertEquals(15, sums.sum(0, 4));
    assertEquals(6, sums.sum(1, 3));
    assertEquals(3, sums.mean(1, 3));
    assertEquals(0, sums.sum(2, 2));
    assertEquals(0, sums.mean(4, 4));
    assertThrows(IllegalArgumentException.class, () -> sums.sum(-1, 2));
    assertThrows(IllegalArgumentException.class, () -> sums.sum(3, 2));
    assertThrows(IllegalArgumentException.class, () -> sums.mean(0, 5));
  }
}
