// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/** The floating-point format a backend computes in. */
public enum Precision {
  /** IEEE single precision. */
  FLOAT,
  /** IEEE double precision. */
  DOUBLE
}
