// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

/** How pseudo actions are made of points and of what is known of the snippets. */
public interface ActionRule {
  /**
   * The pseudo actions of one recording; {@link PseudoActions#NONE} without points.
   *
   * @param rows of the snippets {@code [T, D]}, what the rule goes by
   * @param points in {@code [0, T)}
   * @throws IllegalArgumentException if a point lies outside, or a row is not finite
   */
  PseudoActions cluster(FeatureRows rows, MarkedPoints points);
}
