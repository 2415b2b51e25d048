// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.Tolerances;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Options of the simplex solver.
 *
 * @param tolerances how exact
 * @param presolve whether to reduce the program first; not used with a starting basis
 * @param scaling whether to scale rows, columns, costs and bounds
 * @param perturbation whether to disturb costs against degeneracy; what it changes is undone
 * @param mostIterations after so many simplex iterations the solver stops
 * @param timeLimit after so long the solver stops
 * @param listener is told now and then how far the solve has come, in the thread that solves
 */
public record SimplexOptions(
    Tolerances tolerances,
    boolean presolve,
    boolean scaling,
    boolean perturbation,
    int mostIterations,
    Duration timeLimit,
    Consumer<SimplexProgress> listener) {
  private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

  /** Checks the limits. */
  public SimplexOptions {
    if (mostIterations < 0) {
      throw new IllegalArgumentException("mostIterations must not be negative: " + mostIterations);
    }
    if (timeLimit.isNegative()) {
      throw new IllegalArgumentException("timeLimit must not be negative: " + timeLimit);
    }
    timeLimit = timeLimit.compareTo(FOR_EVER) > 0 ? FOR_EVER : timeLimit;
  }

  /** Everything on, no limits. */
  public static SimplexOptions defaults() {
    return new SimplexOptions(
        Tolerances.defaults(), true, true, true, Integer.MAX_VALUE, FOR_EVER, now -> {});
  }

  /** The same with other tolerances. */
  public SimplexOptions withTolerances(Tolerances other) {
    return new SimplexOptions(
        other, presolve, scaling, perturbation, mostIterations, timeLimit, listener);
  }

  /** The same with or without presolve. */
  public SimplexOptions withPresolve(boolean on) {
    return new SimplexOptions(
        tolerances, on, scaling, perturbation, mostIterations, timeLimit, listener);
  }

  /** The same with or without scaling. */
  public SimplexOptions withScaling(boolean on) {
    return new SimplexOptions(
        tolerances, presolve, on, perturbation, mostIterations, timeLimit, listener);
  }

  /** The same with or without perturbation. */
  public SimplexOptions withPerturbation(boolean on) {
    return new SimplexOptions(
        tolerances, presolve, scaling, on, mostIterations, timeLimit, listener);
  }

  /** The same with another limit on iterations. */
  public SimplexOptions withMostIterations(int most) {
    return new SimplexOptions(
        tolerances, presolve, scaling, perturbation, most, timeLimit, listener);
  }

  /** The same with another limit on time. */
  public SimplexOptions withTimeLimit(Duration limit) {
    return new SimplexOptions(
        tolerances, presolve, scaling, perturbation, mostIterations, limit, listener);
  }

  /** The same with a listener. */
  public SimplexOptions withListener(Consumer<SimplexProgress> other) {
    return new SimplexOptions(
        tolerances, presolve, scaling, perturbation, mostIterations, timeLimit, other);
  }
}
