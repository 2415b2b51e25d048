// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What settings mean, one line each, from the files {@code settings.properties} beside the classes
 * that read them: {@code KEY = meaning}, and {@code KEY@paper = value} where the paper has another
 * value than the default, {@code -} where no paper has the setting; {@code *} stands for all keys
 * of a method.
 */
final class SettingMeanings {
  static final String FILE_NAME = "settings.properties";

  private static final String PAPER = "@paper";
  private static final String ALL = "*";

  private final Map<String, String> meanings = new HashMap<>();
  private final Map<String, String> papers = new HashMap<>();

  /** Adds those beside a class, before what is known already. */
  void add(Class<?> reader) {
    read(reader)
        .forEach(
            (key, text) -> {
              if (key.endsWith(PAPER)) {
                papers.put(key.substring(0, key.length() - PAPER.length()), text);
              } else {
                meanings.put(key, text);
              }
            });
  }

  private static Map<String, String> read(Class<?> reader) {
    Properties properties = new Properties();
    try (InputStream in = reader.getResourceAsStream(FILE_NAME)) {
      if (in == null) {
        throw new IllegalStateException("no " + FILE_NAME + " beside " + reader.getName());
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> lines = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> lines.put(key, properties.getProperty(key)));
    return lines;
  }

  /** What a setting means, empty where nobody says. */
  String meaning(String key) {
    return meanings.getOrDefault(key, "");
  }

  /** What the paper has, empty for the default. */
  String paper(String key) {
    return papers.getOrDefault(key, papers.getOrDefault(ALL, ""));
  }
}
