// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.methods.Methods;
import dev.kairos.methods.settings.Setting;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.SettingSurvey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/guide/settings.md} is what the methods say; {@code -Dkairos.write=true} writes it.
 */
class SettingsGuideTest {
  private static final String PAPER = "paper";

  @Test
  void theGuideHasEverySettingAsItIs() throws IOException {
    Path guide = Path.of(System.getProperty("kairos.root", ".")).resolve("docs/guide/settings.md");
    String text = text();
    if (Boolean.getBoolean("kairos.write")) {
      Files.writeString(guide, text);
    }
    assertEquals(text, Files.readString(guide), "write it again: -Dkairos.write=true");
  }

  private static String text() throws IOException {
    StringBuilder text = new StringBuilder("# Settings\n\n");
    text.append(
        "Every setting of every method: its value without a preset, the paper's, and what it\n");
    text.append(
        "means. `kairos train METHOD --help-settings` prints the same, with the values that your\n");
    text.append("data, preset and `--set` give; `config.toml` of a run has them all.\n");
    for (Method method : Methods.all()) {
      text.append("\n## ").append(method.name()).append("\n\n");
      text.append("Presets: ").append(presets(method)).append("\n\n");
      text.append(
          "| setting | allowed | default | paper | meaning |\n| --- | --- | --- | --- | --- |\n");
      Map<String, String> published = published(method);
      for (Setting setting : SettingSurvey.of(method, SettingSurvey.example(), Settings::empty)) {
        String paper =
            setting.paper().isEmpty()
                ? published.getOrDefault(setting.key(), setting.paperText())
                : setting.paper();
        text.append(
            "| `%s` | %s | %s | %s | %s |%n"
                .formatted(
                    setting.key(),
                    cell(setting.allowed()),
                    cell(setting.valueText()),
                    cell(paper),
                    cell(setting.meaning())));
      }
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static String presets(Method method) {
    List<String> names = method.presets().keySet().stream().map(name -> '`' + name + '`').toList();
    return names.isEmpty() ? "none." : String.join(", ", names) + ".";
  }

  /** The values of the preset that is the paper, where there is one. */
  private static Map<String, String> published(Method method) throws IOException {
    Map<String, String> published = new HashMap<>();
    if (method.presets().containsKey(PAPER)) {
      Settings paper = Settings.empty().withPreset(PAPER, method.presets().get(PAPER));
      SettingSurvey.of(method, SettingSurvey.example(), () -> paper)
          .forEach(setting -> published.put(setting.key(), setting.valueText()));
    }
    return published;
  }

  private static String cell(String text) {
    return text.isEmpty() ? "-" : text.replace("|", "\\|");
  }
}
