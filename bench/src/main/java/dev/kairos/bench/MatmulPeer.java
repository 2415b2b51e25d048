// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A library that multiplies matrices and comes with native code, so that it is compiled and found
 * ({@link ServiceLoader}) only with the Maven profile {@code peers}.
 */
public interface MatmulPeer {
  /** Its name in the tables. */
  String name();

  /**
   * Readies a product.
   *
   * @param a {@code [m,k]} in row order
   * @param b {@code [k,n]} in row order
   */
  Contender open(MatmulShape shape, float[] a, float[] b, int threads);

  /** The peer of that name, if it is on the class path. */
  static Optional<MatmulPeer> find(String name) {
    return ServiceLoader.load(MatmulPeer.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(peer -> peer.name().equals(name))
        .findFirst();
  }
}
