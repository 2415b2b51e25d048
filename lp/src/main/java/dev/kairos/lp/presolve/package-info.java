// SPDX-License-Identifier: Apache-2.0
/**
 * Makes a program smaller before it is solved, and answers of the small one whole again: point,
 * multipliers and basis. Every rule leaves a step that undoes it; steps are undone last first. A
 * step keeps the parts of the matrix that it needs, as later rules change entries. Depends on the
 * model. Not exported. Begin reading at {@link dev.kairos.lp.presolve.Presolve}.
 *
 * <p>Source: E. D. Andersen, K. D. Andersen, Presolving in linear programming (1995).
 */
package dev.kairos.lp.presolve;
