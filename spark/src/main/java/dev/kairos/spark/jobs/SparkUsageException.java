// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.jobs;

import dev.kairos.kernels.KairosException;

/** A command line, or the settings of a cluster, with which nothing can be done. */
public final class SparkUsageException extends KairosException {
  private static final long serialVersionUID = 1L;

  /**
   * A mistake with advice.
   *
   * @param code such as {@code KUSE-004}
   * @param message what was given and what was expected
   * @param hint what to do about it
   */
  public SparkUsageException(String code, String message, String hint) {
    super(code, message, hint, null);
  }
}
