// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.kernels.KairosException;

/** Work that was stopped by a signal or its time limit, with everything saved. */
final class StoppedException extends KairosException {
  private static final long serialVersionUID = 1L;

  /**
   * A stop.
   *
   * @param message how far the work had come
   * @param resume the command that goes on
   */
  StoppedException(String message, String resume) {
    super("KINT-001", message, resume, null);
  }
}
