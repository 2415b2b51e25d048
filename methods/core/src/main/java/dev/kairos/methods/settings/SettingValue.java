// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.Toml;
import dev.kairos.methods.files.TomlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One value as its source gave it, and the place to name when it does not fit. From TOML it has its
 * type already; from the command line it is text that becomes what is asked of it.
 *
 * @param key the setting
 * @param value a TOML value, or the word of an override
 * @param word whether it is the word of an override
 * @param where file, line and column, or the option
 */
record SettingValue(String key, Object value, boolean word, String where) {

  /** The value as TOML has it. */
  String toml() {
    return TomlText.literal(value);
  }

  long integer() {
    if (word) {
      try {
        return Long.parseLong(string().strip().replace("_", ""));
      } catch (NumberFormatException e) {
        throw wrongType("a whole number");
      }
    }
    if (value instanceof Long number) {
      return number;
    }
    throw wrongType("a whole number");
  }

  double number() {
    return number(value).orElseThrow(() -> wrongType("a number"));
  }

  private Optional<Double> number(Object item) {
    if (item instanceof Number number) {
      return Optional.of(number.doubleValue());
    }
    if (word && item instanceof String text) {
      try {
        return Optional.of(
            switch (text.strip()) {
              case "inf", "+inf" -> Double.POSITIVE_INFINITY;
              case "-inf" -> Double.NEGATIVE_INFINITY;
              default -> Double.parseDouble(text.strip().replace("_", ""));
            });
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  boolean flag() {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (word && string().strip().matches("true|false")) {
      return Boolean.parseBoolean(string().strip());
    }
    throw wrongType("true or false");
  }

  String text() {
    if (!(value instanceof String text)) {
      throw wrongType("a text in quotes");
    }
    return word && text.matches("(?s)\\s*[\"'].*") && parsed(text) instanceof String unquoted
        ? unquoted
        : text;
  }

  List<Double> numbers() {
    List<Double> numbers = new ArrayList<>();
    for (Object item : items("a list of numbers")) {
      numbers.add(number(item).orElseThrow(() -> wrongType("a list of numbers")));
    }
    return List.copyOf(numbers);
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (Object item : items("a list of texts")) {
      if (!(item instanceof String text)) {
        throw wrongType("a list of texts");
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  /** What a word of the command line is as TOML, null if it is none. */
  private static @Nullable Object parsed(String text) {
    try {
      return Toml.parse("x = " + text).get("x");
    } catch (TomlException e) {
      return null; // then it means itself
    }
  }

  private List<?> items(String expected) {
    if (value instanceof List<?> list) {
      return list;
    }
    if (!word) {
      throw wrongType(expected);
    }
    String text = string().strip();
    if (text.startsWith("[")) {
      if (parsed(text) instanceof List<?> list) {
        return list;
      }
      throw wrongType(expected);
    }
    return text.isEmpty() ? List.of() : List.of((Object[]) text.split("\\s*,\\s*", -1));
  }

  private String string() {
    return (String) value;
  }

  /** {@code KCONF-002}: the value has another type than the one asked for. */
  ConfigException wrongType(String expected) {
    return new ConfigException(
        "KCONF-002",
        where + ": " + Shown.of(key) + " must be " + expected + ", found " + shown(),
        null);
  }

  /** {@code KCONF-003}: the value is out of range. */
  ConfigException notAllowed(String expected) {
    return new ConfigException(
        "KCONF-003",
        where + ": " + Shown.of(key) + " must be " + expected + ", found " + shown(),
        null);
  }

  /** {@code KCONF-003}: the value is none of the words allowed. */
  ConfigException notOneOf(String found, List<String> allowed) {
    return new ConfigException(
        "KCONF-003",
        where
            + ": "
            + Shown.of(key)
            + " must be one of "
            + String.join(", ", allowed)
            + ", found "
            + shown(),
        NearestName.among(found, allowed).map(near -> "did you mean " + near + "?").orElse(null));
  }

  /** Whether both have the same value, however it was written. */
  boolean isSame(SettingValue other) {
    return toml().equals(other.toml())
        || (value instanceof Number a
            && other.value instanceof Number b
            && a.doubleValue() == b.doubleValue());
  }

  /** The value as a message shows it. */
  String shown() {
    return Shown.of(
        value instanceof String string && !word ? '"' + string + '"' : value.toString());
  }
}
