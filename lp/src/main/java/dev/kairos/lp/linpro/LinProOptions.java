// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

/**
 * Options that select a variant of the LinPro program. A missed row i costs {@code C_i = penalty +
 * innerPenalty * max(1, |inner_i|)} per unit; a {@code penalty} of infinity is the strict form,
 * where rows hold or the problem is infeasible.
 *
 * @param form what values a position may take
 * @param penalty the part of C_i that is the same for all rows, at least 0
 * @param innerPenalty the part of C_i per inner position of the row, at least 0; where the strict
 *     form is feasible, C_i above the size of its dual gives the same optimum, and duals of {@link
 *     Weighting#NORMALIZED} rows grow with their length
 * @param choice which of several optimal labels is meant
 */
public record LinProOptions(SignForm form, double penalty, double innerPenalty, Choice choice) {
  /** Checks the penalties. */
  public LinProOptions {
    if (!(penalty >= 0) || !(innerPenalty >= 0) || Double.isInfinite(innerPenalty)) {
      throw new IllegalArgumentException(
          "LinPro: needs penalties >= 0, of which the first may be infinite: "
              + (penalty + ", " + innerPenalty));
    }
  }

  /**
   * Options that leave it to the solver which of several optima it takes.
   *
   * @param form what values a position may take
   * @param penalty the part of C_i that is the same for all rows
   * @param innerPenalty the part of C_i per inner position of the row
   */
  public LinProOptions(SignForm form, double penalty, double innerPenalty) {
    this(form, penalty, innerPenalty, Choice.VERTEX);
  }

  /**
   * Rows hold exactly.
   *
   * @param form what values a position may take
   */
  public static LinProOptions strict(SignForm form) {
    return new LinProOptions(form, Double.POSITIVE_INFINITY, 0);
  }

  /**
   * Missing a row costs the same for all rows.
   *
   * @param form what values a position may take
   * @param penalty cost per unit
   */
  public static LinProOptions elastic(SignForm form, double penalty) {
    return new LinProOptions(form, penalty, 0);
  }

  /**
   * Missing a row costs in proportion to its inner positions, as duals of {@link
   * Weighting#NORMALIZED} rows do.
   *
   * @param form what values a position may take
   * @param innerPenalty cost per unit and inner position
   */
  public static LinProOptions perInner(SignForm form, double innerPenalty) {
    return new LinProOptions(form, 0, innerPenalty);
  }

  /**
   * These with another choice among optima.
   *
   * @param choice which of several optimal labels is meant
   */
  public LinProOptions withChoice(Choice choice) {
    return new LinProOptions(form, penalty, innerPenalty, choice);
  }

  boolean isStrict() {
    return penalty == Double.POSITIVE_INFINITY;
  }
}
