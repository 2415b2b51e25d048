// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/**
 * Options for opening a backend. What a backend has no use for it ignores: the reference has one
 * thread, and a backend on the host no device.
 *
 * @param threads how many threads it may use, at least 1; results do not depend on it
 * @param device which of several devices, in the words of the backend; empty for its first choice
 */
public record BackendOptions(int threads, String device) {
  /** Checks the number of threads. */
  public BackendOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("backend: threads must be at least 1: " + threads);
    }
  }

  /** So many threads, on the backend's first choice of a device. */
  public static BackendOptions of(int threads) {
    return new BackendOptions(threads, "");
  }
}
