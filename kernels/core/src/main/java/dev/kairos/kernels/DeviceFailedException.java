// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a device that a backend computes on fails while it is in use: it is lost, has no
 * memory left, or does not compile what it is asked to. What its buffers held is gone; what was
 * saved before is not.
 */
public class DeviceFailedException extends KairosException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param code area and number, of the area {@code KDEV}
   * @param message the device, what it was asked to do, and what it says
   * @param hint what the user can do
   * @param cause what led to it, or null
   */
  public DeviceFailedException(
      String code, String message, String hint, @Nullable Throwable cause) {
    super(code, message, hint, cause);
  }
}
