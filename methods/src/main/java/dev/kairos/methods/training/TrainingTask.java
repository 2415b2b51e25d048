// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.TrainingPass;
import java.util.Map;

/**
 * What a {@link GradientStage} learns: it supplies the batch and the loss of each step.
 *
 * @param <B> a batch
 */
public interface TrainingTask<B> {
  /** Called before the first step of a stage that begins, and not when a stopped one goes on. */
  default void begin() {}

  /**
   * Draws a batch and reads it: nothing of the weights. May run on another thread.
   *
   * @param key of this step's batch
   */
  B draw(RandomKey key);

  /**
   * The losses by name; {@code loss} is the one to minimise.
   *
   * @param pass records on the step's tape
   */
  Map<String, Variable> losses(TrainingPass pass, B batch);

  /** Whether a batch has any target; if not, no weight moves, by decay either. */
  default boolean hasTargets(B batch) {
    return true;
  }
}
