// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.util.Locale;

/** Numbers as MPS files write them. */
final class MpsNumber {
  private static final int LONGEST = 64;

  private MpsNumber() {}

  /** A decimal number, also with the D of Fortran as exponent; NaN for anything else. */
  static double finite(String word) {
    boolean usable = !word.isEmpty() && word.length() <= LONGEST;
    for (int i = 0; usable && i < word.length(); i++) {
      usable = "0123456789+-.eEdD".indexOf(word.charAt(i)) >= 0;
    }
    if (!usable) {
      return Double.NaN;
    }
    try {
      double value = Double.parseDouble(word.replace('D', 'E').replace('d', 'e'));
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** The same, and infinity in words: {@code inf} or {@code Infinity}, with or without a sign. */
  static double side(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> finite(word);
    };
  }
}
