// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import org.openjdk.jmh.annotations.Param;

/** How fast is one product of two matrices, each given in row order? */
public class MatmulBenchmark extends Duel {
  /** The contender. */
  @Param({
    Peers.KAIROS,
    Peers.SCALAR,
    Peers.LIBTORCH,
    Peers.EJML,
    Peers.OJALGO,
    "vectorblas",
    "nd4j"
  })
  public String peer = "";

  /**
   * Rows by inner size by columns; one number for a cube. 1280x1536x512 is a convolution of four
   * recordings, 750x2048x21 a classifier over one, 733x421x199 divides by nothing.
   */
  @Param({"512", "1024", "2048", "1280x1536x512", "750x2048x21", "733x421x199"})
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
    return "37x29x43";
  }

  @Override
  double tolerance() {
    return 1e-5;
  }

  @Override
  double operations(String given) {
    return MatmulShape.parse(given).operations();
  }

  @Override
  Contender open(String name, String given) {
    return MatmulContenders.open(name, MatmulShape.parse(given), threads);
  }
}
