// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.files.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The values a run is made with: a flat, typed view over what the method presets, what a
 * configuration file says and what the command line overrides, the later winning. Tables are dotted
 * keys ({@code train.steps}).
 *
 * <p>Whoever reads the settings names the key, its default and what is allowed; the settings
 * remember every key asked for and its answer, so that {@link #toToml()} is the whole
 * configuration, defaults included, and {@link #finish()} can refuse keys that nobody asked for.
 */
public final class Settings {
  private static final double UNBOUNDED = 1e6;

  private final List<SettingSource> sources = new ArrayList<>(); // the first that knows a key wins
  private final Map<String, Object> resolved = new LinkedHashMap<>();
  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private final List<Class<?>> readers = new ArrayList<>(List.of(Settings.class));

  /** How a key was asked for: what is allowed in words, the words of a choice, and the default. */
  private record Asked(String allowed, List<String> words, Object published) {}

  private final Optional<String> preset;

  private Settings(List<SettingSource> sources, Optional<String> preset) {
    this.sources.addAll(sources);
    this.preset = preset;
  }

  /** No values: every answer is its default. */
  public static Settings empty() {
    return new Settings(List.of(), Optional.empty());
  }

  /**
   * These settings overridden by a preset, for example that of a method and a data set.
   *
   * @param name what to call it in messages
   * @param toml the preset
   */
  public Settings withPreset(String name, String toml) {
    return with(SettingSource.toml(name, toml), Optional.of(name));
  }

  /** The name of the preset that these settings were given last. */
  public Optional<String> preset() {
    return preset;
  }

  /**
   * These settings overridden by a TOML file.
   *
   * @throws ConfigException if it is not TOML, with line and column
   * @throws IOException if it cannot be read
   */
  public Settings withConfig(Path file) throws IOException {
    return with(SettingSource.file(file));
  }

  /**
   * These settings overridden by the whole configuration of a run, of which not all may be of use:
   * a key that nobody asks for is no error.
   *
   * @throws ConfigException if it is not TOML, with line and column
   * @throws IOException if it cannot be read
   */
  public Settings withWholeConfig(Path file) throws IOException {
    return with(SettingSource.file(file).lenient());
  }

  /**
   * These settings overridden by {@code key=value} words. A value is TOML, or text without quotes,
   * or a comma-separated list.
   *
   * @throws ConfigException if a word has no {@code =}, or a key comes twice
   */
  public Settings withOverrides(List<String> words) {
    return words.isEmpty() ? this : with(SettingSource.overrides(words));
  }

  /**
   * Says that what keys mean stands beside a class that reads them, in {@code settings.properties}:
   * {@code KEY = meaning}, and {@code KEY@paper = value} where the paper has another value than the
   * default, {@code -} where no paper has the setting.
   */
  public void describedBy(Class<?> reader) {
    readers.add(reader);
  }

  private SettingMeanings meanings() {
    SettingMeanings meanings = new SettingMeanings();
    readers.forEach(meanings::add);
    return meanings;
  }

  /**
   * Lets a preset answer, here and from now on, what nothing else answers: for a method that
   * contains another and asks for its settings too.
   *
   * @param name what to call it in messages
   * @param toml the preset
   */
  public void fallBackOn(String name, String toml) {
    sources.add(SettingSource.toml(name, toml).lenient()); // with other settings some have no use
  }

  private Settings with(SettingSource source) {
    return with(source, preset);
  }

  private Settings with(SettingSource source, Optional<String> preset) {
    List<SettingSource> all = new ArrayList<>();
    all.add(source);
    all.addAll(sources);
    return new Settings(all, preset);
  }

  /** A whole number. */
  public long integer(String key, long defaultValue) {
    return integer(key, defaultValue, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** A whole number in {@code [least, most]}. */
  public long integer(String key, long defaultValue, long least, long most) {
    checkDefault(key, defaultValue, least <= defaultValue && defaultValue <= most);
    Optional<SettingValue> found = find(key);
    long value = found.isPresent() ? found.get().integer() : defaultValue;
    if (value < least || value > most) {
      throw found.orElseThrow().notAllowed("a whole number " + range(least, most));
    }
    return remember(
        key, value, "integer" + bounds((double) least, (double) most), List.of(), defaultValue);
  }

  /** A count or a length: a whole number in {@code [least, most]}. */
  public int size(String key, int defaultValue, int least, int most) {
    return (int) integer(key, defaultValue, least, most);
  }

  /**
   * A count that is part of the configuration only where somebody gives it: a whole number in
   * {@code [least, most]}; empty where nobody does, which means the same as {@code least}.
   */
  public OptionalInt sizeIfGiven(String key, int least, int most) {
    if (has(key)) {
      return OptionalInt.of(size(key, least, least, most));
    }
    String allowed = "integer" + bounds(least, most);
    asked.putIfAbsent(key, new Asked(allowed, List.of(), (long) least));
    return OptionalInt.empty();
  }

  /** A number; may be infinite, but not NaN. */
  public double number(String key, double defaultValue) {
    return number(key, defaultValue, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** A number in {@code [least, most]}. */
  public double number(String key, double defaultValue, double least, double most) {
    checkDefault(key, defaultValue, least <= defaultValue && defaultValue <= most);
    Optional<SettingValue> found = find(key);
    double value = found.isPresent() ? found.get().number() : defaultValue;
    if (!(least <= value && value <= most)) {
      throw found.orElseThrow().notAllowed("a number " + range(least, most));
    }
    return remember(key, value, "number" + bounds(least, most), List.of(), defaultValue);
  }

  /** Yes or no. */
  public boolean flag(String key, boolean defaultValue) {
    Optional<SettingValue> found = find(key);
    boolean value = found.isPresent() ? found.get().flag() : defaultValue;
    return remember(key, value, "true, false", List.of("true", "false"), defaultValue);
  }

  /** A text. */
  public String text(String key, String defaultValue) {
    Optional<SettingValue> found = find(key);
    String value = found.isPresent() ? found.get().text() : defaultValue;
    return remember(key, value, "text", List.of(), defaultValue);
  }

  /** A list of numbers, possibly empty. */
  public List<Double> numbers(String key, List<Double> defaultValue) {
    Optional<SettingValue> found = find(key);
    List<Double> value = found.isPresent() ? found.get().numbers() : List.copyOf(defaultValue);
    return remember(key, value, "numbers", List.of(), defaultValue);
  }

  /** A list of texts, possibly empty. */
  public List<String> texts(String key, List<String> defaultValue) {
    Optional<SettingValue> found = find(key);
    List<String> value = found.isPresent() ? found.get().texts() : List.copyOf(defaultValue);
    return remember(key, value, "texts", List.of(), defaultValue);
  }

  /** One word of several. */
  public String choice(String key, String defaultValue, String... allowed) {
    List<String> words = Arrays.asList(allowed);
    checkDefault(key, defaultValue, words.contains(defaultValue));
    Optional<SettingValue> found = find(key);
    String value = found.isPresent() ? found.get().text() : defaultValue;
    if (!words.contains(value)) {
      throw found.orElseThrow().notOneOf(value, words);
    }
    return remember(key, value, String.join(", ", words), words, defaultValue);
  }

  /** One constant of an enumeration, by its name in lower case with hyphens. */
  public <E extends Enum<E>> E choice(String key, E defaultValue) {
    E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
    String[] words = Arrays.stream(constants).map(Settings::word).toArray(String[]::new);
    String value = choice(key, word(defaultValue), words);
    return constants[Arrays.asList(words).indexOf(value)];
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether some source gives this key; asking does not make it known. */
  public boolean has(String key) {
    return find(key).isPresent();
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigException naming the first key that nobody asked for, where it stands, and the
   *     nearest known one
   */
  public void finish() {
    for (SettingSource source : sources) {
      for (Map.Entry<String, SettingValue> entry : source.values().entrySet()) {
        if (source.strict() && !resolved.containsKey(entry.getKey())) {
          throw unknown(entry.getKey(), entry.getValue());
        }
      }
    }
  }

  /**
   * Everything asked for so far as TOML, keys without a table first, then table by table, each in
   * the order of asking, with what they mean as comments. Reading it back gives the same answers.
   */
  public String toToml() {
    return TomlText.of(resolved, meanings()::meaning);
  }

  /** Everything asked for so far with its default and what it means, in the order of asking. */
  public List<Setting> described() {
    SettingMeanings meanings = meanings();
    return asked.entrySet().stream()
        .map(
            entry ->
                new Setting(
                    entry.getKey(),
                    entry.getValue().allowed(),
                    entry.getValue().words(),
                    resolved.getOrDefault(entry.getKey(), entry.getValue().published()),
                    entry.getValue().published(),
                    meanings.paper(entry.getKey()),
                    meanings.meaning(entry.getKey())))
        .toList();
  }

  /** Everything asked for so far, in the order of asking. */
  public Map<String, Object> resolved() {
    return new LinkedHashMap<>(resolved);
  }

  private ConfigException unknown(String key, SettingValue value) {
    Optional<String> near = NearestName.among(key, asked.keySet());
    String last = key.substring(key.lastIndexOf('.') + 1);
    if (near.isEmpty()) {
      near =
          asked.keySet().stream()
              .filter(known -> known.substring(known.lastIndexOf('.') + 1).equals(last))
              .findFirst();
    }
    return new ConfigException(
        "KCONF-001",
        value.where() + ": unknown key " + Shown.of(key),
        near.map(word -> "did you mean " + word + "?").orElse(null));
  }

  private Optional<SettingValue> find(String key) {
    for (SettingSource source : sources) {
      SettingValue value = source.values().get(key);
      if (value != null) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private <T> T remember(
      String key, T value, String allowed, List<String> words, Object published) {
    asked.putIfAbsent(key, new Asked(allowed, words, published));
    Object before = resolved.putIfAbsent(key, value);
    if (before != null && !before.equals(value)) {
      throw new IllegalStateException(
          "settings: " + key + " was answered " + before + " before, and " + value + " now");
    }
    return value;
  }

  private static void checkDefault(String key, Object value, boolean allowed) {
    if (!allowed) {
      throw new IllegalArgumentException("settings: default of " + key + " not allowed: " + value);
    }
  }

  private static String range(long least, long most) {
    return most == Long.MAX_VALUE
        ? "of at least " + least
        : least == Long.MIN_VALUE ? "of at most " + most : "from " + least + " to " + most;
  }

  private static String range(double least, double most) {
    return most == Double.POSITIVE_INFINITY
        ? "of at least " + least
        : least == Double.NEGATIVE_INFINITY
            ? "of at most " + most
            : "from " + least + " to " + most;
  }

  /** A range as a table shows it; what is larger than anybody needs is no bound. */
  private static String bounds(double least, double most) {
    boolean below = least > -UNBOUNDED;
    boolean above = most < UNBOUNDED;
    return below && above
        ? " " + bound(least) + ".." + bound(most)
        : below ? " >= " + bound(least) : above ? " <= " + bound(most) : "";
  }

  private static String bound(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
