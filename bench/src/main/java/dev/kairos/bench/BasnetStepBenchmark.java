// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast is a step of training BaS-Net, and how much memory does it take? Ten classes, 512
 * channels in the filtering module, hidden width as that of the features, dropout 0.7, Adam.
 */
@Warmup(iterations = 8, time = 1)
public class BasnetStepBenchmark extends Duel {
  /** The contender. */
  @Param({Peers.KAIROS, Peers.LIBTORCH, Peers.LIBTORCH_UNFOLD})
  public String peer = "";

  /** Recordings, snippets, width; the last is the published setting. */
  @Param({"4x320x512", "4x320x1024", "16x750x2048"})
  public String size = "";

  @Override
  String peer() {
    return peer;
  }

  @Override
  String size() {
    return size;
  }

  @Override
  String smallSize() {
    return "2x19x12";
  }

  @Override
  double tolerance() {
    return 2e-6;
  }

  /** Of the products alone: two convolutions in two branches, and the filter. */
  @Override
  double operations(String given) {
    int[] s = Sizes.parse(given, 3);
    double rows = 2.0 * s[0] * s[1];
    double convolution = rows * 3 * s[2] * s[2];
    double filter = rows * s[2] * BasnetContenders.FILTER;
    double forward = 4 * convolution + filter;
    return 3 * forward - convolution - filter; // the features take no gradient
  }

  @Override
  Contender open(String name, String given) {
    Peers.require(name, Peers.LIBTORCH, Peers.LIBTORCH_UNFOLD);
    return BasnetContenders.open(name, Sizes.parse(given, 3), threads);
  }
}
