// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import org.openjdk.jmh.annotations.Param;

/**
 * How fast are the eight LinPro problems of a size? Ours from the proposals' cuts to the labels,
 * the others from the collapsed program, which they are given.
 */
public class LinProBenchmark extends Duel {
  /** The contender. */
  @Param({Peers.KAIROS, Peers.OJALGO, "glop", "commons-math"})
  public String peer = "";

  /** Form, proposals and snippets. */
  @Param({
    "box-3x750",
    "box-10x750",
    "box-30x750",
    "box-60x750",
    "free-3x750",
    "free-10x750",
    "free-30x750",
    "free-60x750"
  })
  public String size = "";

  @Override
  String peer() {
    return peer;
  }

  @Override
  String size() {
    return size;
  }

  /** The size that is timed: it is answered at once, and so is checked itself. */
  @Override
  String smallSize() {
    return size.isEmpty() ? "box-10x100" : size;
  }

  @Override
  double tolerance() {
    return 1e-9;
  }

  /** Problems. */
  @Override
  double operations(String given) {
    return LinProCase.PROBLEMS;
  }

  @Override
  Contender open(String name, String given) {
    return LinProContenders.open(name, LinProCase.parse(given));
  }
}
