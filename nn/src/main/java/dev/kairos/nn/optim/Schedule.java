// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

/** The learning rate as a function of the step. */
@FunctionalInterface
public interface Schedule {
  /** The rate of a step, counted from 0. */
  double at(long step);

  /** One rate throughout. */
  static Schedule constant(double rate) {
    return step -> rate;
  }

  /**
   * A rate that is multiplied by a factor every so many steps.
   *
   * @param every steps between two drops, at least 1
   */
  static Schedule steps(double rate, double factor, long every) {
    if (every < 1) {
      throw new IllegalArgumentException("schedule: drops must be a step apart: " + every);
    }
    return step -> {
      long drops = step / every;
      return rate * StrictMath.pow(factor, (double) drops);
    };
  }

  /**
   * Half a cosine from the rate down to 0, where it stays.
   *
   * @param total steps until 0, at least 1
   */
  static Schedule cosine(double rate, long total) {
    if (total < 1) {
      throw new IllegalArgumentException("schedule: a cosine needs at least one step: " + total);
    }
    return step -> rate * 0.5 * (1 + StrictMath.cos(Math.PI * Math.min(1, (double) step / total)));
  }

  /**
   * This schedule times a factor that rises in equal steps and reaches 1 after the warm-up.
   *
   * @param warmup steps below the full rate, at least 0
   */
  default Schedule withWarmup(long warmup) {
    if (warmup < 0) {
      throw new IllegalArgumentException("schedule: warm-up must not be negative: " + warmup);
    }
    return step -> at(step) * Math.min(1, (step + 1.0) / (warmup + 1.0));
  }
}
