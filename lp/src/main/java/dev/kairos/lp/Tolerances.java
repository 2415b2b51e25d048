// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

/**
 * The tolerances of the solver and of the check of its answers.
 *
 * @param primal how far the solver lets a scaled variable be outside its bounds
 * @param dual how far the solver lets a scaled reduced cost have the wrong sign
 * @param pivot smallest pivot the solver divides by
 * @param check what {@link Certificate#verify} allows on the original data, relative to the size of
 *     the terms
 * @param miss by how much of the size of its terms {@link Certificate#verify} lets a row or bound
 *     be missed; the solver itself does not stop there while a better point or a proof that there
 *     is none can be found
 */
public record Tolerances(double primal, double dual, double pivot, double check, double miss) {

  /** Checks that each is above 0 and below 1. */
  public Tolerances {
    for (double each : new double[] {primal, dual, pivot, check, miss}) {
      if (!(each > 0 && each < 1)) {
        throw new IllegalArgumentException("a tolerance must be between 0 and 1: " + each);
      }
    }
  }

  /** 1e-9 for the solver, 1e-7 for pivots, 1e-6 for the check, 1e-9 for rows and bounds. */
  public static Tolerances defaults() {
    return new Tolerances(1e-9, 1e-9, 1e-7, 1e-6, 1e-9);
  }

  /** The same with other limits for the solver. */
  public Tolerances withSolver(double newPrimal, double newDual) {
    return new Tolerances(newPrimal, newDual, pivot, check, miss);
  }

  /** The same with another limit for the check. */
  public Tolerances withCheck(double newCheck) {
    return new Tolerances(primal, dual, pivot, newCheck, miss);
  }
}
