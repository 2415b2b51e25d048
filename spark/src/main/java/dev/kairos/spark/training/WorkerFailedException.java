// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import dev.kairos.kernels.KairosException;
import org.jspecify.annotations.Nullable;

/** What ended a training on another machine: the same code, message and advice as there. */
public final class WorkerFailedException extends KairosException {
  private static final long serialVersionUID = 1L;

  WorkerFailedException(String code, String message, @Nullable String hint) {
    super(code, message, hint, null);
  }
}
