// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import dev.kairos.methods.files.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A TOML file of settings as it was written, whichever method reads it. */
public final class SettingsFile {
  private SettingsFile() {}

  /**
   * Every setting of a file, dotted key to its value as TOML has it.
   *
   * @throws ConfigException if it is not TOML, with line and column
   * @throws IOException if it cannot be read
   */
  public static Map<String, String> read(Path file) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    SettingSource.file(file).values().forEach((key, value) -> settings.put(key, value.toml()));
    return settings;
  }

  /** Values as a file of settings: dotted key to value. */
  public static String text(Map<String, Object> values) {
    return TomlText.of(values, key -> "");
  }

  /**
   * What a file says otherwise than an earlier text did, a setting an entry, in the order of keys.
   * Comments, spaces and the way a number is written make no difference.
   *
   * @param place of the earlier text, for messages
   * @param earlier TOML
   * @throws ConfigException if one of them is not TOML, with line and column
   * @throws IOException if the file cannot be read
   */
  public static List<String> edits(Path file, String place, String earlier) throws IOException {
    return edits(SettingSource.toml(place, earlier).values(), SettingSource.file(file).values());
  }

  /**
   * What a text says otherwise than an earlier file did, as {@link #edits}.
   *
   * @param place of the text, for messages
   * @param now TOML
   */
  public static List<String> changes(Path earlier, String place, String now) throws IOException {
    return edits(SettingSource.file(earlier).values(), SettingSource.toml(place, now).values());
  }

  private static List<String> edits(
      Map<String, SettingValue> before, Map<String, SettingValue> after) {
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    List<String> edits = new ArrayList<>();
    for (String key : keys) {
      SettingValue old = before.get(key);
      SettingValue now = after.get(key);
      if (old == null) {
        edits.add(Shown.of(key) + " is new");
      } else if (now == null) {
        edits.add(Shown.of(key) + " = " + old.shown() + " is gone");
      } else if (!old.isSame(now)) {
        edits.add(Shown.of(key) + " was " + old.shown() + ", is " + now.shown());
      }
    }
    return edits;
  }
}
