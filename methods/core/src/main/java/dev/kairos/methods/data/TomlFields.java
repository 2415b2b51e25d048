// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.TomlTable;
import dev.kairos.tensor.io.DataFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The values of one TOML table with their types checked; failures name line and column. */
final class TomlFields {
  private final Path file;
  private final TomlTable table;
  private final String where;

  /**
   * @param where what the table is, for messages, for example {@code streams[1]: } or nothing
   */
  TomlFields(Path file, TomlTable table, String where) {
    this.file = file;
    this.table = table;
    this.where = where;
  }

  /** Refuses keys nobody reads: a misspelt key would be a value silently ignored. */
  void allowOnly(List<String> known) {
    var unused =
        unknown(
            known,
            finding -> {
              throw finding.failure();
            });
  }

  /**
   * Looks for keys nobody reads.
   *
   * @param findings told each of them
   * @return whether there are none
   */
  boolean unknown(List<String> known, Consumer<Finding> findings) {
    boolean isKnown = true;
    for (String key : table.keys()) {
      if (!known.contains(key)) {
        isKnown = false;
        findings.accept(
            Finding.fatal(
                "KDATA-103",
                file,
                "",
                place(key) + "unknown key '" + Shown.of(key) + "'",
                NearestName.advice(key, known, "known keys: " + String.join(", ", known))));
      }
    }
    return isKnown;
  }

  boolean has(String key) {
    return table.get(key) != null;
  }

  String text(String key) {
    Object value = required(key);
    if (value instanceof String text) {
      return text;
    }
    throw wrong(key, "must be a text in quotes");
  }

  String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  /** A positive finite number, whole or not. */
  double positive(String key) {
    Object value = required(key);
    double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
    if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
      throw wrong(key, "must be a positive number");
    }
    return number;
  }

  /** A finite number. */
  double number(String key) {
    Object value = required(key);
    if (value instanceof Number n && Double.isFinite(n.doubleValue())) {
      return n.doubleValue();
    }
    throw wrong(key, "must be a number");
  }

  /** True or false. */
  boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (table.get(key) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(key, "must be true or false");
  }

  boolean isText(String key) {
    return table.get(key) instanceof String;
  }

  /** A whole number at least 0. */
  int whole(String key) {
    if (required(key) instanceof Long n && n >= 0 && n <= Integer.MAX_VALUE) {
      return n.intValue();
    }
    throw wrong(key, "must be a whole number at least 0");
  }

  List<Integer> wholes(String key) {
    List<Integer> numbers = new ArrayList<>();
    for (Object item : list(key)) {
      if (!(item instanceof Long n && n >= 0 && n <= Integer.MAX_VALUE)) {
        throw wrong(key, "must be a list of whole numbers");
      }
      numbers.add(n.intValue());
    }
    return numbers;
  }

  /** A positive whole number. */
  int count(String key) {
    Object value = required(key);
    if (value instanceof Long n && n > 0 && n <= Integer.MAX_VALUE) {
      return n.intValue();
    }
    throw wrong(key, "must be a positive whole number");
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Object item : list(key)) {
      if (!(item instanceof String text)) {
        throw wrong(key, "must be a list of texts in quotes");
      }
      texts.add(text);
    }
    return texts;
  }

  /** A list of tables, given as {@code [[key]]} or inline. */
  List<TomlFields> tables(String key) {
    List<TomlFields> tables = new ArrayList<>();
    for (Object item : list(key)) {
      if (!(item instanceof TomlTable entry)) {
        throw wrong(key, "must be a list of tables, each begun with [[" + key + "]]");
      }
      tables.add(new TomlFields(file, entry, key + "[" + tables.size() + "]: "));
    }
    return tables;
  }

  /** A table, given as {@code [key]} or inline. */
  TomlFields table(String key) {
    if (required(key) instanceof TomlTable entry) {
      return new TomlFields(file, entry, key + ": ");
    }
    throw wrong(key, "must be a table, begun with [" + key + "]");
  }

  private List<?> list(String key) {
    if (required(key) instanceof List<?> list) {
      return list;
    }
    throw wrong(key, "must be a list");
  }

  private Object required(String key) {
    Object value = table.get(key);
    if (value == null) {
      throw DataFormatException.of("KDATA-102", file, where + "'" + key + "' is missing");
    }
    return value;
  }

  private DataFormatException wrong(String key, String rule) {
    return DataFormatException.of("KDATA-102", file, place(key) + "'" + key + "' " + rule);
  }

  private String place(String key) {
    return table
        .place(key)
        .map(p -> "line " + p.line() + ", column " + p.column() + ": " + where)
        .orElse(where);
  }
}
