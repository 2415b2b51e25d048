// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import java.util.regex.Pattern;

/** The message of a JSON parser, without its advice to programmers. */
public final class JsonProblem {
  private static final int LONGEST = 200; // a name of the file may be quoted in full

  /** Where an array or object began that is never closed. */
  private static final Pattern START =
      Pattern.compile("\\(start marker at \\[.*?line: (\\d+), column: \\d+]\\)");

  private static final Pattern FEATURE =
      Pattern.compile(":? ?\\(?enable `?\\w*JsonReadFeature\\.\\w+`? to allow\\)?");

  private JsonProblem() {}

  /**
   * One line for a message.
   *
   * @param problem the words of the parser
   */
  public static String words(String problem) {
    String start = START.matcher(problem).replaceAll("(opened in line $1)");
    String words = FEATURE.matcher(start).replaceAll("").replaceAll("\\s+", " ").strip();
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "..";
  }
}
