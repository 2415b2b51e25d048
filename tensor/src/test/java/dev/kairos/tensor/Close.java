// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

/** Numeric equality: says where, what was expected, and by how much it was missed. */
public final class Close {
  private Close() {}

  /**
   * Holds numbers against others.
   *
   * @param tolerance allowed beside the larger of 1 and the expected number
   */
  public static void assertClose(
      String what, double[] expected, double[] actual, double tolerance) {
    assertEquals(expected.length, actual.length, () -> what + ": number of elements");
    for (int i = 0; i < expected.length; i++) {
      double off = Math.abs(expected[i] - actual[i]);
      boolean same = Double.compare(expected[i], actual[i]) == 0 || expected[i] == actual[i];
      if (!same && !(off <= tolerance * Math.max(1, Math.abs(expected[i])))) {
        fail(
            what
                + ": element "
                + i
                + ": expected "
                + expected[i]
                + ", was "
                + actual[i]
                + ", off by "
                + off
                + " ("
                + off / Math.ulp((float) expected[i])
                + " float ulp), tolerance "
                + tolerance);
      }
    }
  }
}
