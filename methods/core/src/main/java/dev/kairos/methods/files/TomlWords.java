// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the TOML parser complains of, in the words of those who write TOML. */
final class TomlWords {
  /** The complaint that comes too late to say where. */
  static final String TWICE = "the key is given twice";

  private static final Pattern UNEXPECTED =
      Pattern.compile("Unexpected token: Got (\\w+), expected ([\\w ]+)");
  private static final Pattern NUMBER =
      Pattern.compile("Invalid number representation \\('(.*?)(?: \\[truncated])?'\\), problem.*");

  private static final Map<String, String> TOKENS =
      Map.ofEntries(
          Map.entry("UNQUOTED_KEY", "a word"),
          Map.entry("DOT_SEP", "'.'"),
          Map.entry("STRING", "a text"),
          Map.entry("TRUE", "true"),
          Map.entry("FALSE", "false"),
          Map.entry("OFFSET_DATE_TIME", "a time"),
          Map.entry("LOCAL_DATE_TIME", "a time"),
          Map.entry("LOCAL_DATE", "a date"),
          Map.entry("LOCAL_TIME", "a time"),
          Map.entry("FLOAT", "a number"),
          Map.entry("INTEGER", "a number"),
          Map.entry("STD_TABLE_OPEN", "'['"),
          Map.entry("STD_TABLE_CLOSE", "']'"),
          Map.entry("INLINE_TABLE_OPEN", "'{'"),
          Map.entry("INLINE_TABLE_CLOSE", "'}'"),
          Map.entry("ARRAY_TABLE_OPEN", "'[['"),
          Map.entry("ARRAY_TABLE_CLOSE", "']]'"),
          Map.entry("ARRAY_OPEN", "'['"),
          Map.entry("ARRAY_CLOSE", "']'"),
          Map.entry("KEY_VAL_SEP", "'='"),
          Map.entry("COMMA", "','"));

  private static final Map<String, String> OTHERS =
      Map.of(
          "Duplicate key", TWICE,
          "Table redefined", "the table is given twice",
          "Unknown token", "what stands here is no TOML",
          "Premature end of file", "the text ends too early",
          "EOF in wrong state", "the text ends too early",
          "Newline not permitted here", "the line ends too early",
          "Comment not permitted here", "a comment cannot stand here",
          "Illegal control character", "a control character cannot stand here",
          "More data after value has already ended. Invalid value preceding this position?",
              "the value before this place is none, or not in quotes",
          "Zero-prefixed ints are not valid. If you want an octal literal, use the prefix '0o'",
              "a number cannot begin with 0");

  private TomlWords() {}

  static String of(String complaint) {
    Matcher unexpected = UNEXPECTED.matcher(complaint);
    if (unexpected.matches()) {
      return "found " + token(unexpected.group(1)) + ", expected " + token(unexpected.group(2));
    }
    Matcher number = NUMBER.matcher(complaint);
    return number.matches()
        ? "'" + Shown.of(number.group(1)) + "' is no number"
        : OTHERS.getOrDefault(complaint, Shown.of(complaint));
  }

  private static String token(String name) {
    return TOKENS.getOrDefault(name, name);
  }
}
