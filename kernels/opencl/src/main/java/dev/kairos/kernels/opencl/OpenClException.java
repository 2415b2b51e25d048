// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.DeviceFailedException;
import org.jspecify.annotations.Nullable;

/** Thrown when a device that was in use fails. */
public final class OpenClException extends DeviceFailedException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** The device did not do what it was told. */
    FAILED("KDEV-002"),
    /** The device has too little memory left. */
    OUT_OF_MEMORY("KDEV-003"),
    /** The device does not answer any more. */
    LOST("KDEV-004"),
    /** The kernels do not compile there. */
    BUILD("KDEV-005"),
    /** The device computes wrong numbers. */
    WRONG("KDEV-006");

    private final String code;

    Kind(String code) {
      this.code = code;
    }
  }

  private final Kind kind;

  /** A failure. */
  public OpenClException(Kind kind, String message, String hint, @Nullable Throwable cause) {
    super(kind.code, message, hint, cause);
    this.kind = kind;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }
}
