// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/** Thrown when a backend was asked for by name and cannot be used here. */
public final class BackendUnavailableException extends KairosException {
  private static final long serialVersionUID = 1L;

  /** A failure: what was asked for and why it cannot be had, and what can. */
  public BackendUnavailableException(String message, String hint) {
    super("KDEV-001", message, hint, null);
  }
}
