// SPDX-License-Identifier: Apache-2.0
/**
 * The factors of a simplex basis: {@code B = L U} by Markowitz's rule, updated by Forrest and
 * Tomlin while columns are exchanged, and the four triangular solves with them, each also for
 * right-hand sides that are almost empty. Not exported. Begin reading at {@link
 * dev.kairos.lp.factor.BasisFactor}.
 *
 * <p>Sources: H. M. Markowitz, The elimination form of the inverse (1957); J. J. H. Forrest, J. A.
 * Tomlin, Updated triangular factors of the basis (1972); U. H. Suhl, L. M. Suhl, Computing sparse
 * LU factorizations for large-scale linear programming bases (1990); J. R. Gilbert, T. Peierls,
 * Sparse partial pivoting in time proportional to arithmetic operations (1988); J. A. J. Hall, K.
 * I. M. McKinnon, Hyper-sparsity in the revised simplex method (2005).
 */
package dev.kairos.lp.factor;
