// SPDX-License-Identifier: Apache-2.0
/**
 * LinPro, the small linear program that turns scored intervals into a label: {@code min ||x||_1}
 * under contrast rows, solved by the thousand. Begin at {@link dev.kairos.lp.linpro.LinProSolver}.
 *
 * <ul>
 *   <li>{@code ColumnGroups}: equal columns and independent blocks, by one sweep;
 *   <li>{@code BlockSolver}: what follows, block by block;
 *   <li>{@code SingleRow}: blocks of one row in closed form;
 *   <li>{@code BlockSimplex} on a {@code BlockState}: all other blocks;
 *   <li>{@code LeastNorm} with a {@code DualActiveSet}: the choice among several optima;
 *   <li>{@code BlockCheck}: proves every answer, whatever found it.
 * </ul>
 *
 * <p>The program is that of "Improving Weakly Supervised Temporal Action Localization by Bridging
 * Train-Test Gap in Pseudo Labels" (CVPR 2023), equations 5 and 6; the long step is the
 * bound-flipping ratio test of the dual simplex method.
 */
package dev.kairos.lp.linpro;
