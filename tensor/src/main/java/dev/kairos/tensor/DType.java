// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/** The element type of a tensor. */
public enum DType {
  /** Single precision. */
  FLOAT32,
  /** Double precision; only on the reference backend. */
  FLOAT64,
  /** Whole numbers that select rows; never differentiated. */
  INT32;

  /** Whether elements are reals. */
  public boolean isReal() {
    return this != INT32;
  }
}
