// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.tensor.io.DataFormatException;

/**
 * One thing wrong with a data folder.
 *
 * @param fatal whether training would stop at it
 * @param code the failure's code, for example {@code KDATA-131}
 * @param message one line: file, what was found, what was expected
 * @param fix what the user can do, may be empty
 */
public record DatasetProblem(boolean fatal, String code, String message, String fix) {
  static DatasetProblem of(DataFormatException failure) {
    return new DatasetProblem(
        true, failure.code(), String.valueOf(failure.getMessage()), failure.hint().orElse(""));
  }

  static DatasetProblem warning(String code, Object place, String problem, String fix) {
    return new DatasetProblem(false, code, place + ": " + problem, fix);
  }

  @Override
  public String toString() {
    String line = (fatal ? "" : "warning: ") + code + ": " + message;
    return fix.isEmpty() ? line : line + " (" + fix + ")";
  }
}
