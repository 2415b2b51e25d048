// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import dev.kairos.lp.LinearProgram;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** The names a file has for rows and columns: their own, or numbered ones where some cannot be. */
final class UsableNames {
  private static final int LONGEST = 255;

  private UsableNames() {}

  /** Refuses a row whose bounds no file can hold. */
  static void requireOrdered(LinearProgram lp) {
    for (int i = 0; i < lp.rows(); i++) {
      if (lp.rowLower(i) > lp.rowUpper(i)) {
        throw new IllegalArgumentException(
            "row %s: lower bound %s above upper bound %s"
                .formatted(lp.rowName(i), lp.rowLower(i), lp.rowUpper(i)));
      }
    }
  }

  /** Names of the rows. */
  static String[] ofRows(LinearProgram lp, Predicate<String> fits) {
    String[] names = new String[lp.rows()];
    for (int i = 0; i < names.length; i++) {
      names[i] = lp.rowName(i);
    }
    return usable(names, "R", fits);
  }

  /** Names of the columns. */
  static String[] ofColumns(LinearProgram lp, Predicate<String> fits) {
    String[] names = new String[lp.columns()];
    for (int j = 0; j < names.length; j++) {
      names[j] = lp.columnName(j);
    }
    return usable(names, "C", fits);
  }

  private static String[] usable(String[] names, String letter, Predicate<String> fits) {
    Set<String> seen = new HashSet<>();
    boolean usable = true;
    for (String each : names) {
      usable &= seen.add(each) && each.length() <= LONGEST && fits.test(each);
    }
    for (int i = 0; i < names.length && !usable; i++) {
      names[i] = letter + (i + 1);
    }
    return names;
  }
}
