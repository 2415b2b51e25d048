// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.util.concurrent.Callable;

/** What a wrong command line ends with: one line that says why, and exit code 2. */
final class Usage {
  private static final int WRONG_COMMAND_LINE = 2;

  private Usage() {}

  /** What is parsed; a refusal of the arguments ends the program. */
  static <T> T parsed(Callable<T> parser) {
    try {
      return parser.call();
    } catch (IllegalArgumentException e) {
      System.err.println(
          "bench/run: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      System.exit(WRONG_COMMAND_LINE);
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
