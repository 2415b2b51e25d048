// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

/**
 * How exact an answer has to be.
 *
 * @param primal how far the solver lets a scaled variable be outside its bounds
 * @param dual how far the solver lets a scaled reduced cost have the wrong sign
 * @param pivot smallest pivot the solver divides by
 * @param check what {@link Certificate#verify} allows on the original data, relative to the size of
 *     the terms
 * @param farkas by how much of the sum of the absolute terms a proof of infeasibility must win
 */
public record Tolerances(double primal, double dual, double pivot, double check, double farkas) {

  /** Checks that each is above 0 and below 1. */
  public Tolerances {
    for (double each : new double[] {primal, dual, pivot, check, farkas}) {
      if (!(each > 0 && each < 1)) {
        throw new IllegalArgumentException("a tolerance must be between 0 and 1: " + each);
      }
    }
  }

  /** 1e-9 for the solver, 1e-7 for pivots and Farkas proofs, 1e-6 for the check. */
  public static Tolerances defaults() {
    return new Tolerances(1e-9, 1e-9, 1e-7, 1e-6, 1e-7);
  }

  /** The same with other limits for the solver. */
  public Tolerances withSolver(double newPrimal, double newDual) {
    return new Tolerances(newPrimal, newDual, pivot, check, farkas);
  }

  /** The same with another limit for the check. */
  public Tolerances withCheck(double newCheck) {
    return new Tolerances(primal, dual, pivot, newCheck, farkas);
  }
}
