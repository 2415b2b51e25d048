// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/** A function that reduces many elements to one. */
public enum ReduceFunction {
  /** The sum, added in a fixed order; 0 of no elements. */
  SUM,
  /** The largest; minus infinity of no elements. */
  MAX,
  /** The smallest; infinity of no elements. */
  MIN
}
