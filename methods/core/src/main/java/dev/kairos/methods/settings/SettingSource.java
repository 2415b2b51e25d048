// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.Toml;
import dev.kairos.methods.files.TomlException;
import dev.kairos.methods.files.TomlTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Dotted key to value, from one place: a preset, a file or the command line.
 *
 * @param values in the order of the source
 * @param strict whether a key that nobody asks for is an error
 */
record SettingSource(Map<String, SettingValue> values, boolean strict) {
  private static final int LARGEST_FILE = 1 << 20;

  /** The same where a key that nobody asks for is no error. */
  SettingSource lenient() {
    return new SettingSource(values, false);
  }

  /** Reads a TOML file. */
  static SettingSource file(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new ConfigException("KCONF-004", file + ": is no file of settings", null);
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST_FILE + 1);
    }
    if (bytes.length > LARGEST_FILE) {
      throw new ConfigException(
          "KCONF-004", file + ": is larger than the 1 MB that settings may have", null);
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return toml(file.toString(), text.toString());
    } catch (CharacterCodingException e) {
      throw new ConfigException("KCONF-004", file + ": not UTF-8 text", null);
    }
  }

  /** Reads TOML text that came from a place. */
  static SettingSource toml(String place, String text) {
    Map<String, SettingValue> values = new LinkedHashMap<>();
    try {
      collect(place, Toml.parse(text), "", values);
    } catch (TomlException e) {
      String where = e.line() == 0 ? place : place + ":" + e.line() + ":" + e.column();
      throw new ConfigException("KCONF-004", where + ": " + e.problem(), null);
    }
    return new SettingSource(values, true);
  }

  private static void collect(
      String place, TomlTable table, String prefix, Map<String, SettingValue> values) {
    for (String name : table.keys()) {
      Object value = table.get(name);
      String key = prefix + name;
      if (value instanceof TomlTable inner) {
        collect(place, inner, key + ".", values);
      } else if (value != null) {
        String where =
            table.place(name).map(p -> place + ":" + p.line() + ":" + p.column()).orElse(place);
        if (values.put(key, new SettingValue(key, value, false, where)) != null) {
          throw new ConfigException( // "a.b" = 1 beside a.b = 2
              "KCONF-004", where + ": " + Shown.of(key) + " is given twice", "keep one of the two");
        }
      }
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
            "KCONF-005", option(word) + ": expected key=value", "for example --set steps=1000");
      }
      SettingValue value = new SettingValue(key, word.substring(equals + 1), true, option(word));
      if (values.put(key, value) != null) {
        throw new ConfigException(
            "KCONF-005",
            option(word) + ": " + Shown.of(key) + " was set before",
            "keep one of the two");
      }
    }
    return new SettingSource(values, true);
  }

  private static String option(String word) {
    return "--set " + Shown.of(word);
  }
}
