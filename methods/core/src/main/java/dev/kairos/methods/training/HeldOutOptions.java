// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;

/**
 * Which recordings a training holds out, and when it scores them.
 *
 * @param every how many epochs lie between two evaluations, or steps for a stage without epochs; 0
 *     for as many as {@code evaluations} says
 * @param evaluations how many evaluations a stage has where {@code every} is 0; nothing is held out
 *     where both are 0
 * @param share of the recordings to train on that is held out, in (0, 1); drawn by the run's seed
 * @param subset held out instead: {@link #VALIDATION} where the data set has it, any other name in
 *     any case; empty for the share
 * @param bySubject whether the share parts no subject, where recordings say of whom they are
 * @param patience after how many evaluations without a better one a stage ends; 0 for never
 * @param tious thresholds of the scores, as {@link Thresholds#parse} reads them
 */
public record HeldOutOptions(
    int every,
    int evaluations,
    double share,
    String subset,
    boolean bySubject,
    int patience,
    String tious) {
  /** The subset that is held out where none is named. */
  public static final String VALIDATION = "val";

  /** Evaluations of a stage where somebody asks for validation and does not say how many. */
  public static final int USUAL_EVALUATIONS = 20;

  private static final String TIOUS = "0.1:0.1:0.7";

  /** How recordings are drawn. */
  private enum By {
    SUBJECT,
    RECORDING
  }

  /** Nothing held out. */
  public static HeldOutOptions never() {
    return every(0);
  }

  /** An evaluation every so many epochs or steps on a tenth, or on the subset {@code val}. */
  public static HeldOutOptions every(int epochs) {
    return new HeldOutOptions(epochs, 0, 0.1, VALIDATION, true, 0, TIOUS);
  }

  /**
   * Reads {@code train.evaluateEvery}, {@code .evaluations}, {@code .heldOut}, {@code
   * .heldOutSubset}, {@code .heldOutBy}, {@code .patience} and {@code .evaluateAt}.
   *
   * @param defaults of the method
   * @throws ConfigException if one is out of range
   */
  public static HeldOutOptions read(Settings settings, HeldOutOptions defaults) {
    int most = Integer.MAX_VALUE;
    int every = settings.size("train.evaluateEvery", defaults.every(), 0, most);
    int evaluations = settings.size("train.evaluations", defaults.evaluations(), 0, most);
    double share = settings.number("train.heldOut", defaults.share(), 0, 1);
    String subset = settings.text("train.heldOutSubset", defaults.subset());
    // The configuration of a run of before this was a setting does not say: recordings were drawn.
    boolean old = settings.has("method") && !settings.has("train.heldOutBy");
    By by = settings.choice("train.heldOutBy", By.SUBJECT);
    int patience = settings.size("train.patience", defaults.patience(), 0, most);
    String tious = settings.text("train.evaluateAt", defaults.tious());
    if (!(share > 0 && share < 1)) {
      throw notAllowed("train.heldOut must leave some recordings on either side: " + share);
    }
    if (subset.equals(Dataset.TRAIN) || subset.equals(Dataset.TEST)) {
      throw notAllowed(
          "train.heldOutSubset: " + subset + " cannot be held out, it has another use");
    }
    try {
      Thresholds.parse(tious);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("KCONF-003", "train.evaluateAt: " + e.getMessage(), null);
    }
    return new HeldOutOptions(
        every, evaluations, share, subset, by == By.SUBJECT && !old, patience, tious);
  }

  private static ConfigException notAllowed(String problem) {
    return new ConfigException(
        "KCONF-003",
        problem,
        "train.heldOut=0.2 holds a fifth of the recordings to learn from out");
  }

  /** Whether anything is held out. */
  public boolean isOn() {
    return every > 0 || evaluations > 0;
  }

  /** The thresholds. */
  double[] thresholds() {
    return Thresholds.parse(tious);
  }

  /**
   * How many epochs or steps lie between two evaluations.
   *
   * @param length epochs or steps of the stage
   */
  long interval(long length) {
    return every > 0 ? every : Math.max(1, (length + evaluations - 1) / evaluations);
  }
}
