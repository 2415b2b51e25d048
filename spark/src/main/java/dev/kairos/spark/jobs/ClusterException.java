// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.jobs;

import dev.kairos.kernels.KairosException;

/** The cluster gave up a job: executors died again and again, or nobody has room for one. */
public final class ClusterException extends KairosException {
  private static final long serialVersionUID = 1L;

  /** With what Spark said. */
  public ClusterException(Throwable cause) {
    super(
        "KDEV-007",
        "the cluster gave the job up: " + firstLine(cause),
        "the logs of the executors say more; where they run out of memory raise"
            + " spark.executor.memory, or lower spark.executor.cores",
        cause);
  }

  private static String firstLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }
}
