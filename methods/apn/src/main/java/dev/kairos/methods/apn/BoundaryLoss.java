// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.autograd.Variable;
import dev.kairos.tensor.Engine;

/**
 * The weighted logistic loss of boundary probabilities: snippets with and without a boundary weigh
 * the same in all, for starts and ends apart, counted over the whole batch.
 *
 * <p>Source: BSN, ECCV 2018, equation 4, with the factor of one half that the published codes of
 * BSN and BMN have. Where no snippet or every snippet has a boundary, the mean is plain.
 */
final class BoundaryLoss {
  private static final double FACTOR = 0.5;
  private static final double EPSILON = 1e-6;

  private BoundaryLoss() {}

  /**
   * The loss of all channels, added up.
   *
   * @param probabilities {@code [.., channels]}
   * @param labels 1 for a boundary, 0 for none, as long and in the order of the probabilities
   * @param counts whether a row counts, as long as there are rows; others cost nothing
   */
  static Variable of(
      Engine engine, Variable probabilities, float[] labels, boolean[] counts, int channels) {
    int n = 0;
    int[] positive = new int[channels];
    for (int i = 0; i < counts.length; i++) {
      n += counts[i] ? 1 : 0;
      for (int c = 0; c < channels; c++) {
        positive[c] += counts[i] && labels[i * channels + c] > 0 ? 1 : 0;
      }
    }
    double[] hits = new double[labels.length];
    double[] misses = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      if (counts[i / channels]) {
        int there = positive[i % channels];
        boolean weighted = there > 0 && there < n;
        boolean hit = labels[i] > 0;
        double[] own = hit ? hits : misses;
        own[i] = FACTOR / (!weighted ? n : hit ? there : n - there);
      }
    }
    int[] sizes = probabilities.shape().sizes();
    Variable hit = probabilities.add(EPSILON).log();
    Variable miss = probabilities.affine(-1, 1 + EPSILON).log();
    return hit.multiply(probabilities.constant(engine.tensor(hits, sizes)))
        .add(miss.multiply(probabilities.constant(engine.tensor(misses, sizes))))
        .sum()
        .negate();
  }
}
