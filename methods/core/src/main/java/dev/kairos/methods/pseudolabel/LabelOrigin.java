// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

/**
 * The origin of one generation of pseudo labels, for a stage that renews its labels again and
 * again.
 *
 * @param generation which renewal they are of, from 0
 * @param maker who made them, such as the name of a stage
 * @param source from what they were made, such as the name of a prediction's curve
 * @param step the step of the maker before which they were made, from 0
 */
public record LabelOrigin(int generation, String maker, String source, long step) {
  /** Checks that the numbers are not negative and the names not empty. */
  public LabelOrigin {
    if (generation < 0 || step < 0) {
      throw new IllegalArgumentException(
          "pseudo labels: generation and step must not be negative: " + generation + ", " + step);
    }
    if (maker.isEmpty() || source.isEmpty()) {
      throw new IllegalArgumentException("pseudo labels: maker and source need a name");
    }
  }
}
