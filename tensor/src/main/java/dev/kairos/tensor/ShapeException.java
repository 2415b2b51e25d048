// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/**
 * Thrown when the shapes of the operands do not fit the operation; the message has the operation
 * and every shape.
 */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** A broken shape rule. */
  public ShapeException(String message) {
    super(message);
  }
}
