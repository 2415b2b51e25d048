// SPDX-License-Identifier: Apache-2.0
/**
 * The general solver: a bounded dual simplex method with steepest-edge pricing and a bound-flipping
 * ratio test, finished or replaced by a primal simplex method where that is needed. Depends on the
 * model, {@code presolve} and {@code factor}. Begin reading at {@link
 * dev.kairos.lp.simplex.SimplexSolver}.
 *
 * <p>Inside, {@code A x} is made equal to {@code -s}: there is a logical variable s per row, with
 * bounds {@code [-U, -L]}, the right-hand side is zero and the basis of the logicals is the unit
 * matrix. Variables are counted columns first: n columns, then m logicals.
 *
 * <p>Sources: A. Koberstein, The dual simplex method, techniques for a fast and stable
 * implementation (2005); J. J. H. Forrest, D. Goldfarb, Steepest-edge simplex algorithms for linear
 * programming (1992); P. M. J. Harris, Pivot selection methods of the Devex LP code (1973); I.
 * Maros, A generalized dual phase-2 simplex algorithm (2003).
 */
package dev.kairos.lp.simplex;
