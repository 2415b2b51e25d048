// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

/**
 * A problem of a data folder, found in one place or in several.
 *
 * @param fatal whether training would stop at it
 * @param code the failure's code, for example {@code KDATA-131}
 * @param message one line: file, what was found, what was expected, and where else
 * @param fix what the user can do, may be empty
 * @param count in how many places
 */
public record DatasetProblem(boolean fatal, String code, String message, String fix, int count) {

  @Override
  public String toString() {
    String line = (fatal ? "" : "warning: ") + code + ": " + message;
    return fix.isEmpty() ? line : line + " (" + fix + ")";
  }
}
