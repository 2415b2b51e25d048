// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

/** The learning rate over the course of a training. */
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
    return step -> {
      long drops = step / every;
      return rate * StrictMath.pow(factor, (double) drops);
    };
  }

  /** Half a cosine from the rate down to 0 over a number of steps. */
  static Schedule cosine(double rate, long total) {
    return step -> rate * 0.5 * (1 + StrictMath.cos(Math.PI * Math.min(1, (double) step / total)));
  }

  /** This schedule, rising from near 0 over its first steps. */
  default Schedule withWarmup(long warmup) {
    return step -> at(step) * Math.min(1, (step + 1.0) / (warmup + 1.0));
  }
}
