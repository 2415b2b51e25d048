// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.methods.tal.Interval;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.TensorOps;

/**
 * The places of N samples spread evenly over each proposal and a tenth of its length to either
 * side, ends included, where features are interpolated linearly between the centres of snippets.
 *
 * <p>Source: the paper, section 3.3.
 */
final class ProposalSamples {
  private static final double MARGIN = 0.1;

  /** What lies outside a recording. */
  enum Outside {
    /** Zeros, and no weight is made good: as in BSN. */
    ZERO,
    /** The outermost snippet. */
    CLAMP
  }

  private final int samples;
  private final Outside outside;
  private final int[] before; // rows
  private final int[] after;
  private final double[] beforeWeights;
  private final double[] afterWeights;
  private int filled;

  /**
   * Room for some proposals.
   *
   * @param proposals how many, P
   * @param samples N of each
   */
  ProposalSamples(int proposals, int samples, Outside outside) {
    int places = Math.multiplyExact(proposals, samples);
    this.samples = samples;
    this.outside = outside;
    this.before = new int[places];
    this.after = new int[places];
    this.beforeWeights = new double[places];
    this.afterWeights = new double[places];
  }

  /**
   * Adds the next proposal.
   *
   * @param proposal its snippets in its recording
   * @param start row at which the recording begins
   * @param length rows of the recording
   */
  void add(Interval proposal, int start, int length) {
    double duration = proposal.length();
    double from = proposal.start() - MARGIN * duration;
    double whole = (1 + 2 * MARGIN) * duration;
    for (int n = 0; n < samples; n++) {
      double share = samples == 1 ? 0.5 : n / (samples - 1.0);
      place(from + share * whole - 0.5, start, length);
    }
  }

  private void place(double at, int start, int length) {
    double row = outside == Outside.CLAMP ? Math.max(0, Math.min(length - 1, at)) : at;
    int floor = (int) Math.floor(row);
    double weight = row - floor;
    before[filled] = start + inside(floor, length);
    beforeWeights[filled] = floor >= 0 && floor < length ? 1 - weight : 0;
    after[filled] = start + inside(floor + 1, length);
    afterWeights[filled] = floor + 1 >= 0 && floor + 1 < length ? weight : 0;
    filled++;
  }

  private static int inside(int row, int length) {
    return Math.max(0, Math.min(length - 1, row));
  }

  /**
   * The features at the places.
   *
   * @param rows {@code [rows,W]}
   * @return {@code [P,N,W]}
   */
  <T extends TensorOps<T>> T of(Engine engine, T rows) {
    if (filled != before.length) {
      throw new IllegalStateException(
          "proposal samples: room for " + before.length + ", filled " + filled);
    }
    T left = at(engine, rows, before, beforeWeights);
    T both = left.add(at(engine, rows, after, afterWeights));
    return both.reshape(before.length / samples, samples, rows.shape().size(1));
  }

  private static <T extends TensorOps<T>> T at(
      Engine engine, T rows, int[] places, double[] weights) {
    T chosen = rows.gather(0, rows.constant(engine.indices(places, places.length)));
    return chosen.multiply(rows.constant(engine.tensor(weights, weights.length, 1)));
  }
}
