// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.folders;

import dev.kairos.kernels.KairosException;

/** The command failed for files of a folder. */
final class FailedFilesException extends KairosException {
  private static final long serialVersionUID = 1L;

  FailedFilesException(String message, String hint) {
    super("KNUM-005", message, hint, null);
  }
}
