// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Work on files that an interrupt must not break off. An interrupted thread cannot use a channel:
 * the work is done with the flag taken down, done again where the interrupt came in between, and
 * the flag is up again after it.
 */
final class Uninterrupted {
  private Uninterrupted() {}

  /** Work that may be done twice. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Work that may be done twice and gives nothing back. */
  @FunctionalInterface
  interface Deed {
    void run() throws IOException;
  }

  static void run(Deed deed) throws IOException {
    Object unused =
        call(
            () -> {
              deed.run();
              return "";
            });
  }

  static <T> T call(Work<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.run();
        } catch (IOException | RuntimeException e) {
          if (!isInterrupt(e)) {
            throw e;
          }
          interrupted = true;
          Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isInterrupt(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClosedByInterruptException || cause instanceof InterruptedIOException) {
        return true;
      }
    }
    return false;
  }
}
