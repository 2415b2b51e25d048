// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/**
 * Whether a backend can be used here, and why or why not.
 *
 * @param usable whether {@link BackendProvider#open} will work
 * @param reason one sentence: why not, or what it found
 */
public record Availability(boolean usable, String reason) {
  /** Can be used. */
  public static Availability yes(String found) {
    return new Availability(true, found);
  }

  /** Cannot be used, and why. */
  public static Availability no(String reason) {
    return new Availability(false, reason);
  }
}
