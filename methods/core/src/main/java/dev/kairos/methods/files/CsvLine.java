// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One line of comma-separated values. A value with a comma or a quote stands in double quotes, an
 * inner quote is doubled; blanks around a value without quotes do not belong to it.
 */
public final class CsvLine {
  private static final Pattern AT_LEAST_ZERO =
      Pattern.compile("(\\d{1,300}\\.?\\d{0,300}|\\.\\d{1,300})([eE][+-]?\\d{1,4})?");

  private CsvLine() {}

  /**
   * The values of a line, at least one.
   *
   * @throws IllegalArgumentException if a quoted value is not closed before its comma
   */
  public static List<String> split(String line) {
    List<String> values = new ArrayList<>();
    int at = 0;
    while (at <= line.length()) {
      boolean quoted = line.startsWith("\"", at);
      int end = quoted ? afterQuotes(line, at) : comma(line, at);
      String value = line.substring(at, end);
      values.add(
          quoted ? value.substring(1, value.length() - 1).replace("\"\"", "\"") : value.strip());
      at = end + 1;
    }
    return values;
  }

  private static int comma(String line, int from) {
    int comma = line.indexOf(',', from);
    return comma < 0 ? line.length() : comma;
  }

  /** Where the comma or the line's end is after the quotes that open at {@code from}. */
  private static int afterQuotes(String line, int from) {
    int at = from + 1;
    while (at < line.length()) {
      boolean quote = line.charAt(at) == '"';
      if (quote && line.startsWith("\"", at + 1)) {
        at++; // a doubled quote belongs to the value
      } else if (quote) {
        int end = at + 1;
        if (end == line.length() || line.charAt(end) == ',') {
          return end;
        }
        break;
      }
      at++;
    }
    throw new IllegalArgumentException("a quoted value is not closed before its comma");
  }

  /** A value as it stands in a line, quoted where it has to be. */
  public static String quoted(String value) {
    boolean plain = value.indexOf(',') < 0 && value.indexOf('"') < 0 && value.equals(value.strip());
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  /** A finite decimal number at least 0, such as a time; NaN where the text is something else. */
  public static double atLeastZero(String text) {
    double number = AT_LEAST_ZERO.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    return Double.isFinite(number) ? number : Double.NaN;
  }
}
