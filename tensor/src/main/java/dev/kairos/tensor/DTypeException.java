// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/** Thrown when the element types of the operands do not fit the operation. */
public final class DTypeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** A broken type rule. */
  public DTypeException(String message) {
    super(message);
  }
}
