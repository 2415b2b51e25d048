// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

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

  /** Opens the backend. */
  Backend open(BackendOptions options);
}
