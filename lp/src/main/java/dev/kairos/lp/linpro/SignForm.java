// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

/** The values that a variable of LinPro, one a position, may take. */
public enum SignForm {
  /** Within [0, 1]. */
  BOX,
  /** Any number: a target may also be met by negative values on the outer ranges. */
  FREE
}
