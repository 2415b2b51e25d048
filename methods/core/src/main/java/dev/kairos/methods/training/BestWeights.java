// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.nn.Checkpoint;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.io.NpyArray;
import java.nio.file.Path;
import java.util.Map;

/** Keeps the weights with the best score so far on held-out recordings. */
public final class BestWeights {
  private final Parameters parameters;
  private double score = Double.NEGATIVE_INFINITY;
  private Map<String, NpyArray> weights = Map.of();

  /** None yet. */
  public BestWeights(Parameters parameters) {
    this.parameters = parameters;
  }

  /** Names them in what the stage remembers. */
  public void remember(String name, TrainingState state) {
    state.text(name + ".score", () -> Double.toString(score), text -> score = number(text));
    state.arrays(name, () -> weights, saved -> weights = saved);
  }

  private static double number(String text) {
    return Double.parseDouble(text); // a NumberFormatException refuses it
  }

  /**
   * Copies the weights as they are now if they are better than all before.
   *
   * @param candidate their score, higher is better; NaN is never better
   * @return whether they are
   */
  public boolean offer(double candidate) {
    if (!(candidate > score)) {
      return false;
    }
    score = candidate;
    weights = Checkpoint.arrays(parameters);
    return true;
  }

  /** The best score; negative infinity where nothing was offered. */
  public double score() {
    return score;
  }

  /** The best weights by name; none where nothing was offered. */
  Map<String, NpyArray> weights() {
    return weights;
  }

  /** Overwrites the weights with the best, if there are any. */
  public void restore() {
    if (!weights.isEmpty()) {
      Checkpoint.load(parameters, weights, Path.of("best weights"));
    }
  }
}
