// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.lp.LinearProgram;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** A library that solves linear programs; those with native code are found as services. */
public interface LpPeer {
  /** Its name in the tables. */
  String name();

  /**
   * Takes a program in, in whatever arrays the library reads.
   *
   * @param presolve whether to use what the library has to reduce a program first
   * @param limit after which it should give up, as far as it can
   */
  LpContender open(LinearProgram program, boolean presolve, Duration limit);

  /** The peer of that name, if it is on the class path. */
  static Optional<LpPeer> find(String name) {
    return Stream.concat(
            List.of(new KairosLp(), new OjalgoBuilderLp(), new OjalgoModelLp()).stream(),
            ServiceLoader.load(LpPeer.class).stream().map(ServiceLoader.Provider::get))
        .filter(peer -> peer.name().equals(name))
        .findFirst();
  }
}
