// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The sections of a file that a linear program has. */
enum MpsSection {
  NAME,
  OBJSENSE,
  OBJNAME,
  ROWS,
  COLUMNS,
  RHS,
  RANGES,
  BOUNDS,
  ENDATA;

  /** The section that a word names, in letters of either size. */
  static @Nullable MpsSection of(String word) {
    for (MpsSection each : values()) {
      if (each.name().equalsIgnoreCase(word)) {
        return each;
      }
    }
    return null;
  }

  /** Whether the first field of its lines is a type. */
  boolean typed() {
    return this == ROWS || this == BOUNDS;
  }

  /** Whether its lines hold the program's names and numbers. */
  boolean holdsData() {
    return compareTo(ROWS) >= 0 && this != ENDATA;
  }

  /** What a section of other kinds of programs holds, or empty for a word that is none. */
  static String ofOtherPrograms(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "QUADOBJ", "QMATRIX", "QSECTION", "QUADS", "QCMATRIX", "QUADCONS" ->
          "quadratic terms: the program is quadratic";
      case "SOS", "SOS1", "SOS2", "SETS" -> "special ordered sets";
      case "INDICATORS" -> "indicator constraints";
      case "CSECTION" -> "cones";
      case "LAZYCONS", "USERCUTS" -> "constraints for a search over integers";
      case "GENCONS", "PWLOBJ", "PWLNAM", "PWLCON" -> "general or piecewise linear constraints";
      default -> "";
    };
  }

  /** Whether the first word of a file is one of an LP file: CPLEX's format, or lp_solve's. */
  static boolean beginsLpFormat(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.startsWith("\\")
        || lower.startsWith("/*")
        || lower.startsWith("//")
        || lower.matches("(max|min)(imi[sz]e|imum)?:?|(max|min):.*");
  }
}
