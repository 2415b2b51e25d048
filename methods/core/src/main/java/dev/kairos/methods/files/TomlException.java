// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

/** Thrown for a text that is not TOML; who reads it adds the file. */
public final class TomlException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /**
   * A mistake.
   *
   * @param line from 1, or 0 if not known
   * @param column from 1, or 0 if not known
   * @param problem one short line
   */
  TomlException(int line, int column, String problem) {
    super(problem);
    this.line = line;
    this.column = column;
  }

  /** What is wrong, in one short line. */
  public String problem() {
    return String.valueOf(getMessage());
  }

  /** The line, from 1; 0 if it is not known. */
  public int line() {
    return line;
  }

  /** The column, from 1; 0 if it is not known. */
  public int column() {
    return column;
  }
}
