// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The presets of a method: settings for a kind of data, kept as small TOML files beside it. */
public final class Presets {
  private static final String DEMO_SET = "thumos-like";
  private static final String DEMO = "demo";

  private Presets() {}

  /**
   * Reads the presets of a method. That for the demonstration's set is also called {@code demo}.
   *
   * @param owner a class of the method's package
   * @param names of the files beside it, without {@code .toml}
   */
  public static Map<String, String> load(Class<?> owner, String... names) {
    Map<String, String> presets = new LinkedHashMap<>();
    for (String name : names) {
      presets.put(name, text(owner, name));
    }
    if (presets.containsKey(DEMO_SET)) {
      presets.put(DEMO, presets.get(DEMO_SET));
    }
    return presets;
  }

  /**
   * Reads one file of settings.
   *
   * @param owner a class of the method's package
   * @param name of the file beside it, without {@code .toml}
   */
  public static String text(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name + ".toml")) {
      if (in == null) {
        throw new IllegalStateException("no preset " + name + " beside " + owner.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The preset that a data set's name begins with, the longest if there are several. Never {@code
   * demo}: data that somebody calls so is not the demonstration's.
   */
  public static Optional<String> forDataset(Method method, String datasetName) {
    return method.presets().keySet().stream()
        .filter(name -> !name.equals(DEMO) && datasetName.startsWith(name))
        .max(java.util.Comparator.comparingInt(String::length));
  }
}
