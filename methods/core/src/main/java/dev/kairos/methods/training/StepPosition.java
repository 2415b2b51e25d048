// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

/**
 * The position of a step in its stage. All numbers count from 0.
 *
 * @param step in the stage
 * @param epoch in which it is; 0 always for a stage without epochs
 * @param place among the steps of its epoch
 * @param endsEpoch whether the next step is of the next epoch
 */
public record StepPosition(long step, long epoch, long place, boolean endsEpoch) {
  /** A step of a stage without epochs. */
  public static StepPosition of(long step) {
    return new StepPosition(step, 0, step, false);
  }
}
