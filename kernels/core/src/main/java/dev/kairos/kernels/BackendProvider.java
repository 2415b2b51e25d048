// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Announces a backend to {@link Backends} through {@link java.util.ServiceLoader}. A provider class
 * mentions no optional type, so that loading it is always safe.
 */
public interface BackendProvider {
  /** The name users type: {@code reference}, {@code scalar}, {@code simd}. */
  String name();

  /** Higher is tried first when the user names none; below 0 only when named. */
  int priority();

  /** Whether it can be used on this machine and JVM. */
  Availability availability();

  /**
   * Whether it computes on hardware that is faster than the processor: then {@link Backends#AUTO}
   * takes it. Asking may load native code.
   */
  default Availability accelerator() {
    return Availability.no("computes on the processor");
  }

  /** The devices that {@link BackendOptions#device} chooses among, in order; none on the host. */
  default List<String> devices() {
    return List.of();
  }

  /**
   * Finds out how this provider computes fastest on a device, and keeps it for the next time; takes
   * up to a minute or two.
   *
   * @param told a line for each thing it tries
   * @return what was found, in one line
   */
  default String tune(BackendOptions options, Consumer<String> told) throws IOException {
    return name() + " has nothing to tune";
  }

  /** Opens the backend. */
  Backend open(BackendOptions options);
}
