// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.tensor.Engine;
import org.junit.jupiter.api.Test;

class MemoryBankTest {
  @Test
  void keepsTheBestOfEachClass() {
    MemoryBank bank = new MemoryBank(2, 2, 1);
    bank.update(new int[] {1}, new double[] {10, 20, 30}, new double[] {9, .2, 9, .5, 9, .1});
    assertArrayEquals(new double[] {0, 0, .5, .2}, bank.scores());
    assertArrayEquals(new double[] {0, 0, 20, 10}, bank.vectors());
    bank.update(new int[] {1, 0}, new double[] {40}, new double[] {.7, .3});
    assertArrayEquals(new double[] {.7, 0, .5, .3}, bank.scores());
    assertArrayEquals(new double[] {40, 0, 20, 40}, bank.vectors());
  }

  /** Of equal scores the stored one stays. */
  @Test
  void anEqualScoreReplacesNothing() {
    MemoryBank bank = new MemoryBank(1, 1, 1);
    bank.update(new int[] {0}, new double[] {5}, new double[] {.5});
    bank.update(new int[] {0}, new double[] {6}, new double[] {.5});
    assertArrayEquals(new double[] {5}, bank.vectors());
  }

  /** What the published code does where it reads class 0 once for each label. */
  @Test
  void aClassThatStandsTwiceIsUpdatedTwice() {
    MemoryBank bank = new MemoryBank(1, 3, 1);
    bank.update(new int[] {0, 0}, new double[] {5}, new double[] {.5});
    assertArrayEquals(new double[] {5, 5, 0}, bank.vectors());
    try (Engine engine = Engine.open("reference", 1)) {
      assertArrayEquals(new double[] {5, 5, 0, 5, 5, 0}, bank.vectors(engine, 0, 0).toDoubles());
    }
  }

  @Test
  void isClearedAndRestored() {
    MemoryBank bank = new MemoryBank(1, 2, 2);
    bank.update(new int[] {0}, new double[] {5, 6}, new double[] {.5});
    double[] vectors = bank.vectors();
    double[] scores = bank.scores();
    bank.clear();
    assertArrayEquals(new double[4], bank.vectors());
    assertArrayEquals(new double[2], bank.scores());
    bank.restore(vectors, scores);
    assertArrayEquals(new double[] {5, 6, 0, 0}, bank.vectors());
    assertArrayEquals(new double[] {.5, 0}, bank.scores());
    assertThrows(IllegalArgumentException.class, () -> bank.restore(vectors, vectors));
  }
}
