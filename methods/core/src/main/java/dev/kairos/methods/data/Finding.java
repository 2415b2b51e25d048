// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.tensor.io.DataFormatException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * One thing that is wrong in one place of a data folder; {@link Findings} puts those of a kind
 * together.
 *
 * @param fatal whether training would stop at it
 * @param code the failure's code
 * @param file the file or folder as the user knows it
 * @param place where in the file, for example {@code line 3: recording 'a': }, or nothing
 * @param problem what was found and what was expected
 * @param fix what the user can do, may be empty
 */
record Finding(boolean fatal, String code, Path file, String place, String problem, String fix) {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final Pattern QUOTATION = Pattern.compile("'[^']*'");

  static Finding fatal(String code, Path file, String place, String problem, String fix) {
    return new Finding(true, code, file, place, problem, fix);
  }

  static Finding warning(String code, Path file, String place, String problem, String fix) {
    return new Finding(false, code, file, place, problem, fix);
  }

  /** What a reader refused. */
  static Finding of(Path file, DataFormatException failure) {
    String message = String.valueOf(failure.getMessage());
    String prefix = file + ": ";
    String problem = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    return fatal(failure.code(), file, "", problem, failure.hint().orElse(""));
  }

  /** The same as a failure that stops the work. */
  DataFormatException failure() {
    return fix.isEmpty()
        ? DataFormatException.of(code, file, place + problem)
        : DataFormatException.of(code, file, place + problem, fix);
  }

  String message() {
    return file + ": " + place + problem;
  }

  /** What findings of one kind share: everything but the names and numbers in it. */
  String kind() {
    String shape = QUOTATION.matcher(problem).replaceAll("''");
    return fatal + " " + code + " " + NUMBER.matcher(shape).replaceAll("0");
  }

  /** Where it is, for a list of such places. */
  String where() {
    if (!place.isEmpty()) {
      return place.endsWith(": ") ? place.substring(0, place.length() - 2) : place;
    }
    int names = file.getNameCount();
    return names < 2 ? file.toString() : file.subpath(names - 2, names).toString();
  }
}
