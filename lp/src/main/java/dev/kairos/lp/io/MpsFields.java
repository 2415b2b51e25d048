// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a data line into its fields: type (in BOUNDS and ROWS), names and numbers. A {@code $} that
 * begins the third or fifth field begins a comment.
 */
final class MpsFields {
  private static final int[] BEGIN = {1, 4, 14, 24, 39, 49};
  private static final int[] END = {3, 12, 22, 36, 47, 61};

  private MpsFields() {}

  /** The words of a line, whatever they are. */
  static List<String> words(String line) {
    return free(line, Integer.MAX_VALUE);
  }

  /**
   * The words of a line up to a comment. With the name of a set left out the fields count one less,
   * so every word from the first name on may begin a comment.
   *
   * @param firstName how many words stand before the third field, where comments may begin
   */
  static List<String> free(String line, int firstName) {
    List<String> words = new ArrayList<>(6);
    int i = 0;
    int n = line.length();
    while (i < n) {
      while (i < n && blank(line.charAt(i))) {
        i++;
      }
      int begin = i;
      while (i < n && !blank(line.charAt(i))) {
        i++;
      }
      if (i > begin) {
        if (line.charAt(begin) == '$' && words.size() >= firstName) {
          return words;
        }
        words.add(line.substring(begin, i));
      }
    }
    return words;
  }

  /**
   * The fields of a line at their places; names may hold blanks. The type is left out of lines
   * whose section has none.
   *
   * @param typed whether the section has types in its first field
   * @return null if there is something outside the fields
   */
  static @Nullable List<String> fixed(String text, boolean typed) {
    String line = withoutComment(text);
    List<String> fields = new ArrayList<>(6);
    int to = 0;
    for (int f = 0; f < BEGIN.length; f++) {
      if (!blankBetween(line, to, BEGIN[f])) {
        return null;
      }
      to = END[f];
      String field = between(line, BEGIN[f], to);
      if (f == 0 ? typed : !blankFrom(line, BEGIN[f])) {
        fields.add(field);
      } else if (f == 0 && !field.isEmpty()) {
        return null;
      }
    }
    return blankFrom(line, to) ? fields : null;
  }

  private static String withoutComment(String line) {
    for (int f = 2; f <= 4; f += 2) {
      if (line.length() > BEGIN[f] && line.charAt(BEGIN[f]) == '$') {
        return line.substring(0, BEGIN[f]);
      }
    }
    return line;
  }

  private static String between(String line, int from, int to) {
    return from >= line.length() ? "" : line.substring(from, Math.min(to, line.length())).strip();
  }

  private static boolean blankFrom(String line, int from) {
    return blankBetween(line, from, line.length());
  }

  private static boolean blankBetween(String line, int from, int to) {
    for (int i = from; i < Math.min(to, line.length()); i++) {
      if (!blank(line.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
  }
}
