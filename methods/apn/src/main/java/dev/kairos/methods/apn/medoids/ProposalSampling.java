// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws the proposals of a recording that train, complete and incomplete ones in equal shares: all
 * pseudo actions up to half of what is drawn, and of the rest a third each of those whose tIoU with
 * the pseudo action of their point is high, at least 0.7, middle, at least 0.3, and low. What does
 * not divide goes to high, then to middle; what a share lacks goes to high, middle, low, as far as
 * they have members. Pseudo actions beyond half count as high.
 *
 * <p>Source: the three ranges are those of Lin et al., "BSN", ECCV 2018; the shares are decided
 * here.
 */
public final class ProposalSampling {
  private static final double HIGH = 0.7;
  private static final double MIDDLE = 0.3;
  private static final int BINS = 3;

  private ProposalSampling() {}

  /**
   * Draws without replacement: of what there is to choose from, those with the smallest keys, and
   * of equal keys the earlier.
   *
   * @param tious of each proposal with the pseudo action of its point, in [0, 1]
   * @param isPseudoAction whether a proposal is a pseudo action itself
   * @param keys a random number for each proposal
   * @param most how many to draw; all, if there are no more
   * @return indices of proposals, ascending
   * @throws IllegalArgumentException if the arrays differ in length, a tIoU is not in [0, 1], a key
   *     is not a number, or {@code most} is negative
   */
  public static int[] draw(double[] tious, boolean[] isPseudoAction, double[] keys, int most) {
    check(tious, isPseudoAction, keys, most);
    int count = tious.length;
    if (count <= most) {
      return IntStream.range(0, count).toArray();
    }
    IntArrayList drawn = new IntArrayList(most);
    List<IntArrayList> bins = List.of(new IntArrayList(), new IntArrayList(), new IntArrayList());
    byKey(keys)
        .forEach(
            i -> {
              if (isPseudoAction[i] && drawn.size() < most / 2) {
                drawn.add(i);
              } else {
                bins.get(isPseudoAction[i] ? 0 : bin(tious[i])).add(i);
              }
            });
    int[] quotas =
        quotas(bins.stream().mapToInt(IntArrayList::size).toArray(), most - drawn.size());
    for (int b = 0; b < BINS; b++) {
      drawn.addAll(bins.get(b).subList(0, quotas[b]));
    }
    int[] selected = drawn.toIntArray();
    Arrays.sort(selected);
    return selected;
  }

  private static void check(double[] tious, boolean[] isPseudoAction, double[] keys, int most) {
    if (tious.length != isPseudoAction.length || tious.length != keys.length || most < 0) {
      throw new IllegalArgumentException(
          "proposals: needs a mark and a key for each tIoU, and a number to draw: "
              + (tious.length + " tIoU, " + isPseudoAction.length + " marks, ")
              + (keys.length + " keys, draw " + most));
    }
    for (int i = 0; i < tious.length; i++) {
      if (!(tious[i] >= 0 && tious[i] <= 1) || Double.isNaN(keys[i])) {
        throw new IllegalArgumentException(
            "proposals: proposal "
                + (i + " needs a tIoU in [0, 1] and a key: " + tious[i] + ", " + keys[i]));
      }
    }
  }

  private static IntStream byKey(double[] keys) {
    return IntStream.range(0, keys.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> keys[i])) // stable: the earlier first
        .mapToInt(i -> i);
  }

  /** High, middle, low. */
  private static int bin(double tiou) {
    return tiou >= HIGH ? 0 : tiou >= MIDDLE ? 1 : 2;
  }

  /** How many to take of each bin, of which there are at least as many in all. */
  private static int[] quotas(int[] sizes, int total) {
    int[] quotas = new int[BINS];
    int left = total;
    for (int b = 0; b < BINS; b++) {
      int share = total / BINS + (b < total % BINS ? 1 : 0);
      quotas[b] = Math.min(share, sizes[b]);
      left -= quotas[b];
    }
    for (int b = 0; b < BINS; b++) {
      int more = Math.min(left, sizes[b] - quotas[b]);
      quotas[b] += more;
      left -= more;
    }
    return quotas;
  }
}
