// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import org.openjdk.jmh.annotations.Param;

/**
 * How fast are the operations that memory bounds, on 16 MB? The rate counts bytes read and written
 * at least.
 */
public class ElementwiseBenchmark extends Duel {
  /** The contender. */
  @Param({Peers.KAIROS, Peers.LIBTORCH})
  public String peer = "";

  /** What is done to a square matrix; softmax and layer norm along its rows. */
  @Param({"sigmoid", "softmax", "layerNorm", "adam"})
  public String operation = "";

  /** Rows by columns. */
  @Param("2048x2048")
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
    return "7x37";
  }

  @Override
  double tolerance() {
    return 1e-6;
  }

  @Override
  double operations(String given) {
    int[] s = Sizes.parse(given, 2);
    double bytes = (double) Float.BYTES * s[0] * s[1];
    return operation.equals("adam") ? 7 * bytes : 2 * bytes;
  }

  @Override
  Contender open(String name, String given) {
    Peers.require(name, Peers.LIBTORCH);
    int[] s = Sizes.parse(given, 2);
    if (Peers.isOurs(name)) {
      return KairosElementwise.open(Peers.engine(name, threads), operation, s[0], s[1]);
    }
    return TorchElementwise.open(operation, s[0], s[1], threads);
  }
}
