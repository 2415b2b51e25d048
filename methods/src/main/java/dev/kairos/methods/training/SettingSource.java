// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Dotted key to value, from one place: a preset, a file or the command line.
 *
 * @param values in the order of the source
 */
record SettingSource(Map<String, SettingValue> values) {
  private static final long LARGEST_FILE = 1 << 20;

  /** Reads a TOML file. */
  static SettingSource file(Path file) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST_FILE) {
      throw new ConfigException(
          "KCONF-004", file + ": " + size + " bytes are no configuration (at most 1 MB)", null);
    }
    try {
      return toml(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new ConfigException("KCONF-004", file + ": not UTF-8 text", null);
    }
  }

  /** Reads TOML text that came from a place. */
  static SettingSource toml(String place, String text) {
    TomlParseResult parsed = parse(place, text);
    if (parsed.hasErrors()) {
      TomlParseError first = parsed.errors().get(0);
      throw new ConfigException(
          "KCONF-004",
          at(place, first.position()) + ": " + String.valueOf(first.getMessage()).strip(),
          null);
    }
    Map<String, SettingValue> values = new LinkedHashMap<>();
    collect(place, parsed, new ArrayList<>(), values);
    return new SettingSource(values);
  }

  private static void collect(
      String place, TomlTable table, List<String> path, Map<String, SettingValue> values) {
    for (String name : table.keySet()) {
      Object value = table.get(List.of(name));
      path.add(name);
      if (value instanceof TomlTable inner) {
        collect(place, inner, path, values);
      } else if (value != null) {
        String where = at(place, table.inputPositionOf(List.of(name)));
        String key = String.join(".", path);
        values.put(key, new SettingValue(key, value, false, where));
      }
      path.remove(path.size() - 1);
    }
  }

  /** Reads {@code key=value} words. */
  static SettingSource overrides(List<String> words) {
    Map<String, SettingValue> values = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      String key = equals < 0 ? "" : word.substring(0, equals).strip();
      if (key.isEmpty()) {
        throw new ConfigException(
            "KCONF-005", "--set " + word + ": expected key=value", "for example --set steps=1000");
      }
      SettingValue value = new SettingValue(key, word.substring(equals + 1), true, "--set " + word);
      if (values.put(key, value) != null) {
        throw new ConfigException(
            "KCONF-005", "--set " + word + ": " + key + " was set before", "keep one of the two");
      }
    }
    return new SettingSource(values);
  }

  /** Parses TOML; brackets nested deeper than the parser's stack are an error like any other. */
  static TomlParseResult parse(String place, String text) {
    try {
      return Toml.parse(text);
    } catch (StackOverflowError e) {
      throw new ConfigException("KCONF-004", place + ": nested too deeply", null);
    }
  }

  private static String at(String place, @Nullable TomlPosition position) {
    return Optional.ofNullable(position)
        .map(p -> place + ":" + p.line() + ":" + p.column())
        .orElse(place);
  }
}
