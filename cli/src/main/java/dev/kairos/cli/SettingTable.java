// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Setting;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.SettingSurvey;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every setting of a method, a line each. */
final class SettingTable {
  private static final String PAPER = "paper";
  private static final int WIDEST = 34;

  private final Method method;
  private final SettingOptions options;
  private final @Nullable Path data;

  SettingTable(Method method, SettingOptions options, @Nullable Path data) {
    this.method = method;
    this.options = options;
    this.data = data;
  }

  void print(PrintStream out) throws IOException {
    List<String[]> rows = rows();
    int[] widths = new int[4];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
      }
      out.println(line.append(row[4]).toString().stripTrailing());
    }
  }

  private List<String[]> rows() throws IOException {
    DatasetDescription description =
        data == null
            ? SettingSurvey.example()
            : DatasetDescription.read(data.resolve(DatasetDescription.FILE_NAME));
    Map<String, String> paper = new HashMap<>();
    if (method.presets().containsKey(PAPER)) {
      survey(description, () -> Experiment.settings(method, description, PAPER, null, List.of()))
          .stream()
          .filter(setting -> setting.paper().isEmpty())
          .forEach(setting -> paper.put(setting.key(), setting.valueText()));
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"setting", "allowed", "default", "paper", "meaning"});
    for (Setting setting : survey(description, () -> options.given(method, description))) {
      rows.add(
          new String[] {
            setting.key(),
            setting.allowed(),
            shortened(setting.valueText()),
            shortened(paper.getOrDefault(setting.key(), setting.paperText())),
            setting.meaning()
          });
    }
    return rows;
  }

  /** What is given beforehand, fresh. */
  @FunctionalInterface
  private interface Given {
    Settings settings() throws IOException;
  }

  private List<Setting> survey(DatasetDescription description, Given given) {
    try {
      return SettingSurvey.of(method, description, () -> fresh(given));
    } catch (ConfigException e) {
      if (data != null) {
        throw e;
      }
      String hint = e.hint().map(words -> words + "; ").orElse("");
      throw new ConfigException(
          e.code(), String.valueOf(e.getMessage()), hint + "--data DIR brings classes and preset");
    }
  }

  private static Settings fresh(Given given) {
    try {
      return given.settings();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Long lists by their ends. */
  private static String shortened(String value) {
    String[] items = value.split(", ", -1);
    if (value.length() <= WIDEST || items.length < 4) {
      return value.length() <= WIDEST ? value : value.substring(0, WIDEST - 3) + "...";
    }
    return items[0] + ", " + items[1] + ", .. " + items[items.length - 1];
  }
}
