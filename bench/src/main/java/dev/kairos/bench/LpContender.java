// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

/** A linear program in one library's hands. Building the model and solving it are apart. */
public interface LpContender extends AutoCloseable {
  /** Makes the library's model of the program, afresh. */
  void build();

  /** Solves the model made last, which may be used up by it. */
  void solve();

  /** The point [n] that the library calls optimal; empty if it has none. */
  double[] point();

  @Override
  void close();
}
