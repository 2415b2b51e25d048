// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.training.Progress;
import java.util.function.BooleanSupplier;

/**
 * Reports on, and ends the work at its next step once asked to, or once its thread is interrupted.
 */
final class StoppingProgress implements Progress {
  private final Progress next;
  private final BooleanSupplier stop;

  /** Thrown to end the work. */
  static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stop() {
      super("stopped");
    }
  }

  StoppingProgress(Progress next, BooleanSupplier stop) {
    this.next = next;
    this.stop = stop;
  }

  @Override
  public void start(String task, long total) {
    next.start(task, total);
  }

  @Override
  public void step(long done, double loss) {
    next.step(done, loss);
    if (stop.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      next.finish();
      throw new Stop();
    }
  }

  @Override
  public void note(String message) {
    next.note(message);
  }

  @Override
  public void finish() {
    next.finish();
  }
}
