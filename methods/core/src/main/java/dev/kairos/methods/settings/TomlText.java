// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Writes dotted keys and their values as TOML. */
final class TomlText {
  private TomlText() {}

  /**
   * All values, table by table.
   *
   * @param comments what to say of a key, empty for nothing
   */
  static String of(Map<String, Object> values, UnaryOperator<String> comments) {
    Map<String, StringBuilder> tables = new LinkedHashMap<>();
    tables.put("", new StringBuilder());
    values.forEach(
        (key, value) -> {
          int dot = key.lastIndexOf('.');
          String table = dot < 0 ? "" : key.substring(0, dot);
          tables
              .computeIfAbsent(
                  table, name -> new StringBuilder("\n[").append(quoted(name)).append("]\n"))
              .append(quoted(key.substring(dot + 1)))
              .append(" = ")
              .append(literal(value))
              .append(comment(comments.apply(key)))
              .append('\n');
        });
    return String.join("", tables.values()).stripLeading();
  }

  private static String comment(String text) {
    return text.isEmpty() ? "" : " # " + text;
  }

  private static String quoted(String dotted) {
    return Arrays.stream(dotted.split("\\.", -1))
        .map(part -> part.matches("[A-Za-z0-9_-]+") ? part : text(part))
        .collect(Collectors.joining("."));
  }

  /** One value. */
  static String literal(Object value) {
    if (value instanceof String string) {
      return text(string);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(TomlText::literal).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Double number && Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    return value.toString();
  }

  /** A basic string: quotes, backslashes and control characters escaped, the rest as it is. */
  private static String text(String string) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> out.append(c < ' ' || c == 0x7f ? "\\u%04x".formatted((int) c) : c);
      }
    }
    return out.append('"').toString();
  }
}
