// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import dev.kairos.methods.files.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settings to search over, as a TOML file says them: a list of values, {@code "learningRate" =
 * [1e-4, 1e-3]}, or a range of numbers, {@code "learningRate" = {min = 1e-5, max = 1e-2, scale =
 * "log"}}.
 *
 * @param axes in the order of the file, at least one
 */
public record SettingSpace(List<Axis> axes) {
  private static final Set<String> PARTS = Set.of("min", "max", "scale");
  private static final String LOG = "log";
  private static final String LINEAR = "linear";

  /** Copies the list. */
  public SettingSpace {
    axes = List.copyOf(axes);
  }

  /**
   * A setting and what it may be.
   *
   * @param key its name
   * @param where file, line and column
   * @param values each as TOML has it; empty for a range
   * @param min least value of a range
   * @param max largest value of a range
   * @param log whether values of a range are drawn evenly by their logarithm
   * @param whole whether values of a range are whole numbers
   */
  public record Axis(
      String key,
      String where,
      List<String> values,
      double min,
      double max,
      boolean log,
      boolean whole) {
    /** Copies the list. */
    public Axis {
      values = List.copyOf(values);
    }

    /** Whether it is a range. */
    public boolean isRange() {
      return values.isEmpty();
    }

    /**
     * A value of a range, to four digits.
     *
     * @param share how far up it lies, in [0, 1)
     */
    public String at(double share) {
      if (whole && !log) {
        return Long.toString((long) Math.floor(min + share * (max - min + 1)));
      }
      double value = log ? min * Math.pow(max / min, share) : min + share * (max - min);
      if (whole) {
        return Long.toString(Math.round(Math.max(min, Math.min(max, value))));
      }
      double rounded =
          new java.math.BigDecimal(value).round(new java.math.MathContext(4)).doubleValue();
      return Double.toString(Math.max(min, Math.min(max, rounded)));
    }

    /** The values to try where somebody wants to know whether all are allowed. */
    public List<String> extremes() {
      return isRange() ? List.of(number(min), number(max)) : values;
    }

    private String number(double value) {
      return whole ? Long.toString((long) value) : Double.toString(value);
    }
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException if it is not TOML, names nothing, or says of a setting neither values
   *     nor a range; with line and column
   * @throws IOException if it cannot be read
   */
  public static SettingSpace read(Path file) throws IOException {
    Map<String, SettingValue> flat = SettingSource.file(file).values();
    Set<String> keys = new LinkedHashSet<>();
    flat.forEach((key, value) -> keys.add(owner(key, value)));
    if (keys.isEmpty()) {
      throw new ConfigException(
          "KCONF-010", file + ": names no setting to search over", example("learningRate"));
    }
    List<Axis> axes = new ArrayList<>();
    for (String key : keys) {
      SettingValue value = flat.get(key);
      axes.add(value == null ? range(key, flat) : listed(key, value));
    }
    return new SettingSpace(axes);
  }

  private static String owner(String key, SettingValue value) {
    int dot = key.lastIndexOf('.');
    boolean part = dot > 0 && PARTS.contains(key.substring(dot + 1));
    return part && !(value.value() instanceof List) ? key.substring(0, dot) : key;
  }

  private static Axis listed(String key, SettingValue value) {
    if (!(value.value() instanceof List<?> list) || list.isEmpty()) {
      throw new ConfigException(
          "KCONF-010",
          value.where()
              + ": "
              + Shown.of(key)
              + " must be a list of values, or a range, found "
              + value.shown(),
          example(key) + "; one fixed value goes to --set");
    }
    List<String> values = list.stream().map(TomlText::literal).distinct().toList();
    if (values.size() < list.size()) {
      throw new ConfigException(
          "KCONF-010", value.where() + ": " + Shown.of(key) + " has a value twice", "keep one");
    }
    return new Axis(key, value.where(), values, 0, 0, false, false);
  }

  private static Axis range(String key, Map<String, SettingValue> flat) {
    SettingValue min = flat.get(key + ".min");
    SettingValue max = flat.get(key + ".max");
    SettingValue scale = flat.get(key + ".scale");
    SettingValue any = min != null ? min : max != null ? max : scale;
    if (any == null || min == null || max == null) {
      String where = any == null ? key : any.where();
      throw new ConfigException(
          "KCONF-010",
          where + ": the range of " + Shown.of(key) + " needs min and max",
          example(key));
    }
    boolean log = scale != null && scale.text().equals(LOG);
    if (scale != null && !log && !scale.text().equals(LINEAR)) {
      throw scale.notOneOf(scale.text(), List.of(LINEAR, LOG));
    }
    double from = min.number();
    double to = max.number();
    if (!(from < to && Double.isFinite(from) && Double.isFinite(to)) || (log && from <= 0)) {
      throw new ConfigException(
          "KCONF-010",
          min.where()
              + ": the range of %s must go up%s, found %s to %s"
                  .formatted(
                      Shown.of(key),
                      log ? " from above 0, being by logarithm" : "",
                      min.shown(),
                      max.shown()),
          example(key));
    }
    boolean whole = min.value() instanceof Long && max.value() instanceof Long;
    return new Axis(key, min.where(), List.of(), from, to, log, whole);
  }

  private static String example(String key) {
    return "for example \""
        + Shown.of(key)
        + "\" = [1e-4, 1e-3], or {min = 1e-5, max = 1e-2,"
        + " scale = \"log\"}";
  }

  /** Whether any setting has a range. */
  public boolean hasRange() {
    return axes.stream().anyMatch(Axis::isRange);
  }

  /** How many combinations there are where all are listed; {@link Long#MAX_VALUE} beyond it. */
  public long combinations() {
    long product = 1;
    for (Axis axis : axes) {
      long count = Math.max(1, axis.values().size());
      product = product > Long.MAX_VALUE / count ? Long.MAX_VALUE : product * count;
    }
    return product;
  }

  /** What it says, for a record of it: dotted key to value. */
  public Map<String, Object> described() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Axis axis : axes) {
      if (axis.isRange()) {
        all.put(axis.key() + ".min", axis.min());
        all.put(axis.key() + ".max", axis.max());
        all.put(axis.key() + ".scale", axis.log() ? LOG : LINEAR);
      } else {
        all.put(axis.key(), axis.values());
      }
    }
    return all;
  }
}
