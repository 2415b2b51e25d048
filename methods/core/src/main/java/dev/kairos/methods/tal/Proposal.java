// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tal;

/**
 * A proposal: a candidate action of one class on the snippet grid.
 *
 * @param label class index
 * @param start start boundary in snippets (not always whole: the grid may be up-sampled)
 * @param end end boundary in snippets
 * @param score confidence, higher is better, any scale
 * @param innerMean mean of the curve it was cut from over its own length; the score where it was
 *     not cut from a curve
 */
public record Proposal(int label, double start, double end, double score, double innerMean) {
  /** A candidate that was not cut from a curve. */
  public Proposal(int label, double start, double end, double score) {
    this(label, start, end, score, score);
  }
}
