// SPDX-License-Identifier: Apache-2.0
/**
 * Linear programs as data: the model, the outcomes of a solver and the check that proves them.
 * Depends on nothing. Begin reading at {@link dev.kairos.lp.LinearProgram}; the general solver is
 * {@code dev.kairos.lp.simplex.SimplexSolver}.
 */
package dev.kairos.lp;
