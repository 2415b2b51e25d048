// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProposalSamplingTest {
  /**
   * Half of 4 are the pseudo actions 1 and 2; nothing else is high or middle, so 3 and 0 follow.
   */
  @Test
  void pseudoActionsBeyondHalfCountAsHigh() {
    double[] tious = {1, 1, 1, 1, 0.1, 0.2};
    boolean[] isPseudoAction = {true, true, true, true, false, false};
    double[] keys = {0.6, 0.4, 0.1, 0.5, 0.2, 0.3};
    assertArrayEquals(
        new int[] {0, 1, 2, 3}, ProposalSampling.draw(tious, isPseudoAction, keys, 4));
  }

  @Test
  void ofEqualKeysTheEarlier() {
    assertArrayEquals(
        new int[] {0, 1, 2},
        ProposalSampling.draw(new double[7], new boolean[7], new double[7], 3));
  }

  @Test
  void drawsSoManyWhateverThereIs() {
    SplittableRandom random = new SplittableRandom(8);
    for (int trial = 0; trial < 300; trial++) {
      int count = random.nextInt(30);
      int most = random.nextInt(20);
      boolean[] isPseudoAction = new boolean[count];
      for (int i = 0; i < count; i++) {
        isPseudoAction[i] = random.nextInt(3) == 0;
      }
      int[] drawn =
          ProposalSampling.draw(
              random.doubles(count).toArray(),
              isPseudoAction,
              random.doubles(count).toArray(),
              most);
      assertEquals(Math.min(count, most), drawn.length);
      assertArrayEquals(Arrays.stream(drawn).sorted().distinct().toArray(), drawn);
      assertEquals(drawn.length, Arrays.stream(drawn).filter(i -> i >= 0 && i < count).count());
    }
  }

  @Test
  void refusesWhatIsNoProposal() {
    boolean[] mark = new boolean[1];
    double[] one = {1};
    double[] none = {Double.NaN};
    assertThrows(IllegalArgumentException.class, () -> ProposalSampling.draw(none, mark, one, 1));
    assertThrows(IllegalArgumentException.class, () -> ProposalSampling.draw(one, mark, none, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> ProposalSampling.draw(new double[] {1.5}, mark, one, 1));
    assertThrows(IllegalArgumentException.class, () -> ProposalSampling.draw(one, mark, one, -1));
    assertThrows(
        IllegalArgumentException.class, () -> ProposalSampling.draw(one, new boolean[2], one, 1));
  }
}
