// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CasTest {

  @Test
  void rowsAreSnippets() {
    Cas cas = Cas.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertEquals(2, cas.snippets());
    assertEquals(3, cas.channels());
    assertEquals(6, cas.at(1, 2));
    assertArrayEquals(new double[] {2, 5}, cas.channel(1));
    assertEquals(cas, Cas.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3));
    assertEquals(cas, Cas.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    assertEquals(cas.hashCode(), Cas.of(cas.values(), 2, 3).hashCode());
  }

  @Test
  void nothingChangesItLater() {
    double[] values = {1, 2};
    Cas cas = Cas.of(values, 2, 1);
    values[0] = 9;
    cas.values()[1] = 9;
    cas.channel(0)[1] = 9;
    assertArrayEquals(new double[] {1, 2}, cas.values());
  }

  @Test
  void rejectsWhatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> Cas.of(new double[5], 2, 3));
    assertThrows(IllegalArgumentException.class, () -> Cas.of(new double[0], 0, 3));
    assertThrows(IllegalArgumentException.class, () -> Cas.of(new double[0][0]));
    assertThrows(IllegalArgumentException.class, () -> Cas.of(new double[][] {{1, 2}, {3}}));
    assertThrows(IllegalArgumentException.class, () -> Cas.of(new double[6], 2, 3).channel(3));
    NonFiniteScoresException e =
        assertThrows(
            NonFiniteScoresException.class, () -> Cas.of(new double[] {1, 2, 3, Double.NaN}, 2, 2));
    assertTrue(e.getMessage().contains("snippet 1, channel 1"), e.getMessage());
  }
}
