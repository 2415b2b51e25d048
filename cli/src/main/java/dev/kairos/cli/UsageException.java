// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.kernels.KairosException;

/** Options that do not fit together, or a value that an option does not take. */
final class UsageException extends KairosException {
  private static final long serialVersionUID = 1L;

  UsageException(String message, String hint) {
    super("KUSE-004", message, hint, null);
  }
}
