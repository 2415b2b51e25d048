// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

/**
 * Told how far a training is, by the thread that trains. Returns quickly.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TrainingProgress {
  /**
   * A step is done.
   *
   * @param task what is done, such as a stage of the training or {@code localize}
   * @param done steps of it
   * @param total steps it takes; 0 where that is not known
   * @param loss the loss now; NaN where there is none
   */
  void at(String task, long done, long total, double loss);
}
