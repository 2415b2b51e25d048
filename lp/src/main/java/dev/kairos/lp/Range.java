// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

/**
 * From where to where a number may be changed.
 *
 * @param least at least this, perhaps negative infinity
 * @param most at most this, perhaps infinity
 */
public record Range(double least, double most) {

  /** Whether a number is within. */
  public boolean contains(double value) {
    return least <= value && value <= most;
  }
}
