// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/** What a backend computes in. */
public enum Precision {
  /** IEEE single precision. */
  FLOAT,
  /** IEEE double precision. */
  DOUBLE
}
