// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a class as plain words: {@code CleanAndJerk} is {@code clean and jerk}, {@code
 * pull-out_weight-pin} is {@code pull out weight pin}.
 */
final class ClassWords {
  private static final Pattern CAMEL = Pattern.compile("(?<=[\\p{Ll}\\p{Nd}])(?=\\p{Lu})");
  private static final Pattern PARTING = Pattern.compile("[_-]");
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private ClassWords() {}

  /**
   * Parts a name before each upper-case letter that follows a lower-case letter or a digit, at
   * {@code _}, at {@code -} and at white space, and writes it in lower case.
   *
   * @return words with one space between them; empty where the name has none
   */
  static String of(String name) {
    String parted = CAMEL.matcher(name).replaceAll(" ");
    return lowerCase(PARTING.matcher(parted).replaceAll(" "));
  }

  /** Words that somebody chose: one space between them and in lower case, but nothing parted. */
  static String lowerCase(String words) {
    return SPACES.matcher(words).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }
}
