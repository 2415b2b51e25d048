// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

/** The outcome of a LinPro problem. */
public enum LinProStatus {
  /** The label is a proven optimum. */
  OPTIMAL,
  /** In some block the rows contradict each other, which a checked certificate proves. */
  INFEASIBLE,
  /** In some block no answer passed its check. */
  IMPRECISE
}
