// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.nio.file.Path;

/**
 * Thrown for a file in MPS or LP format, or of a basis, that cannot be read. The codes: {@code
 * KLP-001} fields or sections that do not fit, {@code KLP-002} a number that is none, {@code
 * KLP-003} an unknown name, {@code KLP-004} something given twice, {@code KLP-005} a file that ends
 * early or whose compression is broken, {@code KLP-006} more than is read, {@code KLP-007} what a
 * linear program cannot have, {@code KLP-008} what is no such file.
 */
public final class MpsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String file;
  private final int line;
  private final String problem;

  MpsException(String code, Path file, int line, String problem) {
    super(file + (line > 0 ? ":" + line : "") + ": " + problem);
    this.code = code;
    this.file = file.toString();
    this.line = line;
    this.problem = problem;
  }

  /** Area and number, for example {@code KLP-002}. */
  public String code() {
    return code;
  }

  /** The file. */
  public Path path() {
    return Path.of(file);
  }

  /** The line, counted from 1, or 0 if the file as a whole is meant. */
  public int line() {
    return line;
  }

  /** What is wrong, without the place. */
  public String problem() {
    return problem;
  }
}
