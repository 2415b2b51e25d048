// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntArrays;

/**
 * Proposals from boundary probabilities: every stretch from a snippet where an action may begin to
 * one where it may end, in the order of first and last snippet.
 *
 * <p>Source: BSN, ECCV 2018, section 3.3, which the paper follows. A proposal covers its first and
 * last snippet, so that one of a single snippet is possible.
 */
final class BoundaryProposals {
  /** A snippet above this share of the largest probability is a candidate. */
  private static final double SHARE_OF_LARGEST = 0.5;

  private final int[] first;
  private final int[] last;
  private final double[] score;

  private BoundaryProposals(int[] first, int[] last, double[] score) {
    this.first = first;
    this.last = last;
    this.score = score;
  }

  /**
   * All proposals of a recording.
   *
   * @param starts probability that an action begins at each snippet, {@code [T]}
   * @param ends that one ends, {@code [T]}
   * @param shortest least length in snippets
   * @param longest largest length in snippets
   */
  static BoundaryProposals of(double[] starts, double[] ends, int shortest, int longest) {
    int[] from = candidates(starts);
    int[] to = candidates(ends);
    IntArrayList first = new IntArrayList();
    IntArrayList last = new IntArrayList();
    int low = 0;
    for (int i : from) {
      while (low < to.length && to[low] < i) {
        low++;
      }
      for (int k = low; k < to.length && to[k] - i < longest; k++) {
        if (to[k] + 1 - i >= shortest) {
          first.add(i);
          last.add(to[k]);
        }
      }
    }
    double[] score = new double[first.size()];
    for (int p = 0; p < score.length; p++) {
      score[p] = starts[first.getInt(p)] * ends[last.getInt(p)];
    }
    return new BoundaryProposals(first.toIntArray(), last.toIntArray(), score);
  }

  /**
   * The snippets where an action may begin, or end: the outermost, peaks, and what is above half of
   * the largest.
   */
  static int[] candidates(double[] probabilities) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double p : probabilities) {
      largest = Math.max(largest, p);
    }
    IntArrayList found = new IntArrayList();
    int end = probabilities.length - 1;
    for (int t = 0; t <= end; t++) {
      double p = probabilities[t];
      if (t == 0
          || t == end
          || (p > probabilities[t - 1] && p > probabilities[t + 1])
          || p > SHARE_OF_LARGEST * largest) {
        found.add(t);
      }
    }
    return found.toIntArray();
  }

  /** How many. */
  int count() {
    return first.length;
  }

  /** The first snippet of a proposal. */
  int first(int proposal) {
    return first[proposal];
  }

  /** The last snippet of a proposal. */
  int last(int proposal) {
    return last[proposal];
  }

  /** The product of both probabilities. */
  double score(int proposal) {
    return score[proposal];
  }

  /** The numbers of the best by score, of equals the earlier; in ascending order of numbers. */
  int[] best(int most) {
    int[] order = ranked();
    int[] kept = IntArrays.copy(order, 0, Math.min(most, order.length));
    IntArrays.quickSort(kept);
    return kept;
  }

  /** The numbers of all by descending score, of equals the earlier first. */
  int[] ranked() {
    int[] order = new int[count()];
    for (int p = 0; p < order.length; p++) {
      order[p] = p;
    }
    IntArrays.quickSort(
        order,
        (p, q) -> {
          int c = Double.compare(score[q], score[p]);
          return c != 0 ? c : Integer.compare(p, q);
        });
    return order;
  }
}
