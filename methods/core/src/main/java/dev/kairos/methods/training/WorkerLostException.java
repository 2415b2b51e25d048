// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.kernels.KairosException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when another worker of a training cannot be reached any more. The step at which that
 * happens is not done, and is taken again when all workers are back.
 */
public final class WorkerLostException extends KairosException {
  private static final long serialVersionUID = 1L;

  private final boolean isStepUndone;

  /**
   * A loss.
   *
   * @param message which worker, where it ran, and what it was to give
   */
  public WorkerLostException(String message, @Nullable Throwable cause) {
    this(message, cause, true);
  }

  private WorkerLostException(String message, @Nullable Throwable cause, boolean isStepUndone) {
    super("KDEV-020", message, "see the log of that worker; the training can go on", cause);
    this.isStepUndone = isStepUndone;
  }

  /** The same in what follows a step, whose weights were moved already. */
  WorkerLostException afterStep() {
    return new WorkerLostException(String.valueOf(getMessage()), this, false);
  }

  /** Whether weights and what is remembered are as before the step, so that they can be saved. */
  boolean isStepUndone() {
    return isStepUndone;
  }
}
