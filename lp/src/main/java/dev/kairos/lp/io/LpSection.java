// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The sections of a file in LP format, by all their words. */
enum LpSection {
  MINIMIZE(1),
  MAXIMIZE(1),
  ROWS(1),
  ROWS_IN_TWO_WORDS(2),
  BOUNDS(1),
  INTEGERS(1),
  BINARIES(1),
  END(1),
  /** A section of another kind of program. */
  OTHER(1);

  /** How many tokens its name has. */
  final int words;

  LpSection(int words) {
    this.words = words;
  }

  /** The section of a word and what follows it; null for a word that begins none. */
  static @Nullable LpSection of(String word, LpTokens.Token next) {
    String second = next.first() ? "" : next.text().toLowerCase(Locale.ROOT);
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "min", "minimum", "minimize", "minimise" -> MINIMIZE;
      case "max", "maximum", "maximize", "maximise" -> MAXIMIZE;
      case "st", "s.t.", "st." -> ROWS;
      case "subject" -> second.equals("to") ? ROWS_IN_TWO_WORDS : null;
      case "such" -> second.equals("that") ? ROWS_IN_TWO_WORDS : null;
      case "bound", "bounds" -> BOUNDS;
      case "general", "generals", "gen" -> second.equals("constraints") ? OTHER : INTEGERS;
      case "integer", "integers", "int" -> INTEGERS;
      case "binary", "binaries", "bin" -> BINARIES;
      case "end" -> END;
      case "semi", "semis", "sos", "sos1", "sos2", "pwlobj", "scenario" -> OTHER;
      case "lazy" -> second.equals("constraints") ? OTHER : null;
      case "user" -> second.equals("cuts") ? OTHER : null;
      default -> null;
    };
  }
}
