// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.lp.io.MpsProblem;
import dev.kairos.lp.simplex.SimplexProgress;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says now and then how far a long solve has come; nothing of one that is over soon. */
final class LpProgress implements Consumer<SimplexProgress> {
  private static final long PAUSE_NANOS = 3_000_000_000L;

  private final MpsProblem problem;
  private final Messages messages;
  private final LongSupplier nanos;
  private final long pause;
  private long next;

  /**
   * Begins to count the time.
   *
   * @param nanos the clock
   */
  LpProgress(MpsProblem problem, Messages messages, LongSupplier nanos) {
    this(problem, messages, nanos, PAUSE_NANOS);
  }

  /** A log: whatever is told is said. */
  static LpProgress log(MpsProblem problem, Messages messages) {
    return new LpProgress(problem, messages, System::nanoTime, 0);
  }

  private LpProgress(MpsProblem problem, Messages messages, LongSupplier nanos, long pause) {
    this.pause = pause;
    this.problem = problem;
    this.messages = messages;
    this.nanos = nanos;
    next = nanos.getAsLong() + pause;
  }

  @Override
  public void accept(SimplexProgress now) {
    long time = nanos.getAsLong();
    if (time - next < 0) {
      return;
    }
    next = time + pause;
    String method = now.method().name().toLowerCase(Locale.ROOT) + " simplex";
    String objective =
        now.feasibility()
            ? "phase 1"
            : String.format(Locale.ROOT, "objective %.6g", problem.inSense(now.objective()));
    messages.info(
        String.format(
            Locale.ROOT,
            "%s: %,d iterations, %s, infeasibility %.3g",
            method,
            now.iterations(),
            objective,
            now.infeasibility()));
  }
}
