// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.kairos.methods.tal.Cas;
import org.junit.jupiter.api.Test;

class CasNormalisationTest {
  /** Channels: from -1 to 4; from 1 to 3; all negative; constant. */
  private static final Cas LOGITS =
      Cas.of(new double[][] {{-1, 1, -5, 2}, {4, 3, -1, 2}, {2, 2, -3, 2}});

  @Test
  void rectifiesTheExtremesOnly() {
    assertArrayEquals(
        new double[] {-0.25, 0, -5, 0, 1, 1, -1, 0, 0.5, 0.5, -3, 0},
        CasNormalisation.minMax(LOGITS).values());
  }

  @Test
  void theClampMakesNegativesZero() {
    assertArrayEquals(
        new double[] {0, 0, 0, 0, 1, 1, 0, 0, 0.5, 0.5, 0, 0},
        CasNormalisation.minMaxClamped(LOGITS).values());
  }
}
