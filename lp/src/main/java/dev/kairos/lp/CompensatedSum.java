// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

/**
 * A sum with its rounding errors carried along (Neumaier's compensated summation), and the sum of
 * the absolute terms beside it.
 */
final class CompensatedSum {
  private double sum;
  private double lost;
  private double size;

  void add(double term) {
    double next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
    sum = next;
    size += Math.abs(term);
  }

  double value() {
    return sum + lost;
  }

  /** The sum of the absolute terms. */
  double size() {
    return size;
  }
}
