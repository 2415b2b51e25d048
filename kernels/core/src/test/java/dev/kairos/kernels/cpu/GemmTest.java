// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GemmTest {
  private static final float[] NONE = {};

  private static Gemm of(int terms, int k) {
    return new Gemm(
        1, 1, 1, terms, k, NONE, 0, 0, 0, 0, 1, NONE, 0, 0, 0, 1, 1, NONE, 0, 0, 1, false);
  }

  private static List<Integer> ends(int terms, int k) {
    Gemm g = of(terms, k);
    List<Integer> ends = new ArrayList<>();
    for (int from = 0; from < g.depth(); from = g.runEnd(from)) {
      ends.add(g.runEnd(from));
    }
    return ends;
  }

  @Test
  void aLongTermIsCutEvenly() {
    assertEquals(List.of(768), ends(1, 768));
    assertEquals(List.of(385, 769), ends(1, 769));
    assertEquals(List.of(500, 1000), ends(1, 1000));
    assertEquals(List.of(500, 1000, 1500, 2000), ends(2, 1000));
    assertEquals(List.of(400, 800, 1200), ends(3, 400));
  }

  @Test
  void shortTermsAreTakenTogether() {
    assertEquals(List.of(300), ends(3, 100));
    assertEquals(List.of(500, 1000), ends(10, 100));
    assertEquals(List.of(600, 900), ends(3, 300));
  }

  /** No run is longer than it may be, and all together they are the product. */
  @Test
  void runsCoverTheProduct() {
    for (int terms = 1; terms < 40; terms++) {
      for (int k = 1; k < 2000; k += 7) {
        List<Integer> ends = ends(terms, k);
        int from = 0;
        for (int end : ends) {
          assertTrue(end > from && end - from <= Gemm.RUN, terms + " terms of " + k + ": " + ends);
          from = end;
        }
        assertEquals(terms * k, from);
      }
    }
  }
}
