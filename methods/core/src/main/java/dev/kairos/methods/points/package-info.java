// SPDX-License-Identifier: Apache-2.0
/**
 * Where point labels come from: {@link dev.kairos.methods.points.PointTable} reads published ones,
 * {@link dev.kairos.methods.points.DrawnPoints} draws them from segments by a rule. Knows only
 * values and data folders; the makers of data sets use it.
 *
 * <p>Failures of this package, by code:
 *
 * <ul>
 *   <li>{@code KDATA-161} a published table of points: header or line not as expected
 *   <li>{@code KDATA-162} frame rates: not as expected, or one is missing
 * </ul>
 */
package dev.kairos.methods.points;
