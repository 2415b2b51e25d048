// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.LpResult;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts iterations, tells how far they have come and says when to stop. */
final class Limits {
  private final long deadline;
  private final int mostIterations;
  private final Consumer<SimplexProgress> listener;
  private int iterations;
  private LpResult.@Nullable Reason reached;

  /** Limits from now on. */
  Limits(SimplexOptions options) {
    mostIterations = options.mostIterations();
    listener = options.listener();
    long nanos = options.timeLimit().toNanos();
    deadline = nanos == Long.MAX_VALUE ? Long.MAX_VALUE : System.nanoTime() + nanos;
  }

  int iterations() {
    return iterations;
  }

  /** Tells the listener where a method stands. */
  void tell(SimplexState state, SimplexProgress.Method method, boolean feasibility) {
    double objective = state.program.objective(state.cost, state.x) + state.program.offset();
    listener.accept(
        new SimplexProgress(
            method, feasibility, iterations, objective, state.primalInfeasibility()));
  }

  /** Counts an iteration. */
  void count() {
    iterations++;
  }

  /**
   * After how many iterations in all a method that starts now has gone astray; far more than any
   * needs.
   */
  int astray(SimplexState state) {
    return (int) Math.min(Integer.MAX_VALUE, iterations + 2_000L + 50L * state.size);
  }

  /** Whether a limit is reached or the thread is interrupted. */
  boolean stop() {
    if (reached == null) {
      if (Thread.currentThread().isInterrupted()) {
        reached = LpResult.Reason.INTERRUPTED;
      } else if (iterations >= mostIterations) {
        reached = LpResult.Reason.ITERATION_LIMIT;
      } else if (deadline != Long.MAX_VALUE && System.nanoTime() - deadline > 0) {
        reached = LpResult.Reason.TIME_LIMIT;
      }
    }
    return reached != null;
  }

  /** Which limit was reached, or that numbers were too bad if none. */
  LpResult.Reason reason() {
    return reached == null ? LpResult.Reason.IMPRECISE : reached;
  }
}
