// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.methods.proposal.CasNormalisation;
import dev.kairos.methods.tal.Cas;
import dev.kairos.tensor.DType;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;

/**
 * New pseudo labels from the CAS of a refinement network: the best channel of a snippet, the first
 * of equals, if its score reaches the threshold, else none. A score of 0 is never enough.
 *
 * @param theta the threshold, in (0, 1]; compared in the precision of the probabilities
 * @param restricted whether classes that the recording does not have count as probability 0
 * @param normalisation how probabilities become scores
 * @param of what the threshold is a share of
 */
public record ThresholdLabels(
    double theta, boolean restricted, Normalisation normalisation, ThresholdOf of) {

  /** How probabilities become scores. */
  public enum Normalisation {
    /** They are the scores. */
    NONE,
    /**
     * Each class by itself over time, {@code (p - min_t p) / (max_t p - min_t p)}, see {@link
     * CasNormalisation#minMaxClamped}: a class has its label at its peak, however low, unless
     * another has its own there. One of constant probability scores 0. Background keeps its
     * probability: the peak of a channel becomes 1, and not every recording has background.
     */
    MINMAX
  }

  /** What the threshold is a share of. */
  public enum ThresholdOf {
    /** Of the largest possible score, 1. */
    ONE,
    /**
     * Of the largest score that the channel has in the recording, {@code theta * max_t p}: a class
     * of which the network is never sure keeps the labels of the snippets where it wins.
     */
    PEAK
  }

  /** Checks the threshold. */
  public ThresholdLabels {
    if (!(theta > 0 && theta <= 1)) {
      throw new IllegalArgumentException("pseudo labels: theta must be in (0, 1]: " + theta);
    }
  }

  /** The paper's: of probabilities as they are. */
  public ThresholdLabels(double theta, boolean restricted) {
    this(theta, restricted, Normalisation.NONE, ThresholdOf.ONE);
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
    double[] scores = scores(cas.toDoubles(), recordingLabels);
    double[] least = least(scores, channels, cas.dtype() == DType.FLOAT32 ? (float) theta : theta);
    int[] labels = new int[scores.length / channels];
    for (int t = 0; t < labels.length; t++) {
      int best = 0;
      double bestScore = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < channels; c++) {
        double score = scores[t * channels + c];
        if (score > bestScore) {
          best = c;
          bestScore = score;
        }
      }
      labels[t] = bestScore > 0 && bestScore >= least[best] ? best : PseudoLabels.NONE;
    }
    return labels;
  }

  /** Scores from probabilities {@code [S,K]}, which are overwritten. */
  private double[] scores(double[] probabilities, float[] recordingLabels) {
    int channels = recordingLabels.length + 1;
    double[] scores = probabilities;
    if (normalisation == Normalisation.MINMAX) {
      int snippets = probabilities.length / channels;
      scores = CasNormalisation.minMaxClamped(Cas.of(probabilities, snippets, channels)).values();
      for (int i = channels - 1; i < scores.length; i += channels) {
        scores[i] = probabilities[i];
      }
    }
    for (int c = 0; restricted && c < recordingLabels.length; c++) {
      for (int i = c; recordingLabels[c] == 0 && i < scores.length; i += channels) {
        scores[i] = 0;
      }
    }
    return scores;
  }

  /** The least score of each channel that is enough. */
  private double[] least(double[] scores, int channels, double share) {
    double[] least = new double[channels];
    Arrays.fill(least, share);
    if (of == ThresholdOf.PEAK) {
      double[] peaks = new double[channels];
      for (int i = 0; i < scores.length; i++) {
        peaks[i % channels] = Math.max(peaks[i % channels], scores[i]);
      }
      Arrays.setAll(least, c -> share * peaks[c]);
    }
    return least;
  }
}
