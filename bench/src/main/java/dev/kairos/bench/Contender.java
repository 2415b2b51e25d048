// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

/** One library's way to do what a benchmark asks, with its inputs in its own memory. */
public interface Contender extends AutoCloseable {
  /** Does the work once; what is timed. */
  void run();

  /** Does the work once and gives what every contender must agree on, in row order. */
  double[] answer();

  @Override
  void close();
}
