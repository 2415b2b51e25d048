// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.tensor.DType;
import dev.kairos.tensor.Tensor;

/**
 * New pseudo labels from the CAS of a refinement network: the most probable channel of a snippet,
 * the first of equals, if its probability reaches the threshold, else none.
 *
 * @param theta the threshold, in (0, 1]; compared in the precision of the probabilities
 * @param restricted whether classes that the recording does not have count as probability 0
 */
public record ThresholdLabels(double theta, boolean restricted) {
  /** Checks the threshold. */
  public ThresholdLabels {
    if (!(theta > 0 && theta <= 1)) {
      throw new IllegalArgumentException("pseudo labels: theta must be in (0, 1]: " + theta);
    }
  }

  /**
   * The labels of one recording.
   *
   * @param cas probabilities {@code [S,K]} or {@code [1,S,K]}, background last
   * @param recordingLabels 1 for the classes that occur, else 0, {@code [C]}
   * @return {@code [S]}
   */
  public int[] of(Tensor cas, float[] recordingLabels) {
    int channels = recordingLabels.length + 1;
    if (cas.shape().size(-1) != channels) {
      throw new IllegalArgumentException(
          "pseudo labels: needs a channel for each of "
              + recordingLabels.length
              + " classes and background: cas "
              + cas.shape());
    }
    double least = cas.dtype() == DType.FLOAT32 ? (float) theta : theta;
    double[] scores = cas.toDoubles();
    int[] labels = new int[scores.length / channels];
    for (int t = 0; t < labels.length; t++) {
      int best = 0;
      double bestScore = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < channels; c++) {
        boolean absent = restricted && c < recordingLabels.length && recordingLabels[c] == 0;
        double score = absent ? 0 : scores[t * channels + c];
        if (score > bestScore) {
          best = c;
          bestScore = score;
        }
      }
      labels[t] = bestScore >= least ? best : PseudoLabels.NONE;
    }
    return labels;
  }
}
