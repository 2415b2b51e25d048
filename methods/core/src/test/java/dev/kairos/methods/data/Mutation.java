// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages to a JSON or CSV text: to its tokens, so that most stay JSON, and to its characters. */
public final class Mutation {
  private static final Pattern TOKEN =
      Pattern.compile("\"[^\"]*\"|[-+0-9.eE]+|[\\[\\]{},:]|[a-zA-Z_]+");
  private static final String[] VALUES = {
    "null",
    "[]",
    "{}",
    "\"\"",
    "1e999",
    "-1",
    "0",
    "true",
    "NaN",
    "\"NaN\"",
    "[0, 1]",
    "\"train\"",
    "\"\\u0000\"",
    "\"../x\"",
    "\"\\ud800\"",
    "12345678901234567890",
    "{\"a\": [[[]]]}",
    "\" a \"",
    "\"" + "x".repeat(3000) + "\"",
    "[".repeat(200),
    "-0.0",
    "0x10",
    "1.5e-400",
    "\u00e9",
    ""
  };

  private Mutation() {}

  /** A copy with a few damages. */
  public static String of(String text, SplittableRandom random) {
    String damaged = text;
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      damaged = random.nextInt(4) == 0 ? characters(damaged, random) : token(damaged, random);
    }
    return damaged;
  }

  private static String token(String text, SplittableRandom random) {
    Matcher token = TOKEN.matcher(text);
    int chosen = random.nextInt(Math.max(1, (int) TOKEN.matcher(text).results().count()));
    for (int i = 0; token.find(); i++) {
      if (i == chosen) {
        String found = token.group();
        String instead =
            switch (random.nextInt(4)) {
              case 0 -> found + ", " + found;
              case 1 -> "";
              default -> VALUES[random.nextInt(VALUES.length)];
            };
        return text.substring(0, token.start()) + instead + text.substring(token.end());
      }
    }
    return text;
  }

  private static String characters(String text, SplittableRandom random) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(30));
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, from);
      case 1 -> text.substring(0, from) + text.substring(to);
      case 2 -> text.substring(0, to) + text.substring(from);
      default -> text.substring(0, from) + (char) random.nextInt(256) + text.substring(from);
    };
  }
}
