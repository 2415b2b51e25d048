// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.methods.proposal.CasNormalisation;
import dev.kairos.methods.pseudolabel.PseudoLabels;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.Cas;
import java.util.List;

/**
 * The first pseudo labels, from the CAS of the streams (section III-B of the paper, "initial label
 * generation"). The logits of each stream become scores in [0, 1], which are averaged; the best
 * class of a snippet is its label where its score is above one threshold, and background where the
 * scores of all classes add up to less than another. The background channel is not asked.
 *
 * @param normalisation how logits become scores
 * @param weights of the streams in the average, at least one, positive
 * @param action score above which the best class is taken
 * @param background sum of scores below which a snippet is background
 * @param restricted whether classes that the recording does not have count as score 0
 */
record InitialLabels(
    Normalisation normalisation,
    List<Double> weights,
    double action,
    double background,
    boolean restricted) {

  /** How logits become scores. */
  public enum Normalisation {
    /** Each channel by itself over time, see {@link CasNormalisation#minMaxClamped}. */
    MINMAX,
    /** Softmax over the channels of a snippet. */
    SOFTMAX
  }

  /** Copies the weights and checks that they are positive. */
  public InitialLabels {
    weights = List.copyOf(weights);
    if (weights.isEmpty() || !weights.stream().allMatch(w -> w > 0 && Double.isFinite(w))) {
      throw new IllegalArgumentException("initial labels: weights must be positive: " + weights);
    }
  }

  /**
   * Reads the keys of the table {@code labels}, with the paper's values as defaults.
   *
   * @param weights of the streams
   */
  public static InitialLabels from(Settings settings, List<Double> weights) {
    return new InitialLabels(
        settings.choice("labels.normalisation", Normalisation.MINMAX),
        weights,
        settings.number("labels.action", 0.7, 0, 1),
        settings.number("labels.background", 0.1, 0, 1e6),
        settings.flag("restrictToVideoLabels", true));
  }

  /** The same with another normalisation. */
  InitialLabels with(Normalisation other) {
    return new InitialLabels(other, weights, action, background, restricted);
  }

  /**
   * The weighted average of the streams' normalised scores.
   *
   * @param logits of each stream, all {@code [S,K]}
   * @return {@code [S,K]} in [0, 1]
   */
  public Cas fuse(List<Cas> logits) {
    if (logits.size() != weights.size()) {
      throw new IllegalArgumentException(
          "initial labels: " + logits.size() + " streams, but weights " + weights);
    }
    double[] sum = new double[logits.get(0).values().length];
    double total = 0;
    for (int i = 0; i < weights.size(); i++) {
      double weight = weights.get(i);
      double[] scores = normalised(logits.get(i));
      if (scores.length != sum.length) {
        throw new IllegalArgumentException("initial labels: streams differ in size: " + logits);
      }
      for (int j = 0; j < sum.length; j++) {
        sum[j] += weight * scores[j];
      }
      total += weight;
    }
    for (int j = 0; j < sum.length; j++) {
      sum[j] /= total;
    }
    return Cas.of(sum, logits.get(0).snippets(), logits.get(0).channels());
  }

  private double[] normalised(Cas logits) {
    return switch (normalisation) {
      case MINMAX -> CasNormalisation.minMaxClamped(logits).values();
      case SOFTMAX -> softmax(logits);
    };
  }

  private static double[] softmax(Cas logits) {
    int channels = logits.channels();
    double[] values = logits.values();
    for (int from = 0; from < values.length; from += channels) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = from; i < from + channels; i++) {
        largest = Math.max(largest, values[i]);
      }
      double sum = 0;
      for (int i = from; i < from + channels; i++) {
        values[i] = StrictMath.exp(values[i] - largest);
        sum += values[i];
      }
      for (int i = from; i < from + channels; i++) {
        values[i] /= sum;
      }
    }
    return values;
  }

  /**
   * The labels of one recording.
   *
   * @param fused as {@link #fuse} gives it, {@code [S,C+1]}
   * @param recordingLabels 1 for the classes that occur, else 0, {@code [C]}
   * @return {@code [S]}: class, background C, or {@link PseudoLabels#NONE}
   */
  public int[] of(Cas fused, float[] recordingLabels) {
    int classes = recordingLabels.length;
    if (fused.channels() != classes + 1) {
      throw new IllegalArgumentException(
          "initial labels: needs a channel for each of "
              + (classes + " classes and background: " + fused));
    }
    int[] labels = new int[fused.snippets()];
    for (int t = 0; t < labels.length; t++) {
      labels[t] = label(fused, t, recordingLabels);
    }
    return labels;
  }

  private int label(Cas fused, int t, float[] recordingLabels) {
    int best = 0;
    double bestScore = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int c = 0; c < recordingLabels.length; c++) {
      double score = restricted && recordingLabels[c] == 0 ? 0 : fused.at(t, c);
      sum += score;
      if (score > bestScore) {
        best = c;
        bestScore = score;
      }
    }
    if (bestScore > action) {
      return best;
    }
    return sum < background ? recordingLabels.length : PseudoLabels.NONE;
  }
}
