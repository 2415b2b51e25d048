// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.Methods;
import dev.kairos.methods.settings.Setting;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.SettingSurvey;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingMeaningsTest {
  @TempDir Path folder;

  /** The keys of which a file beside a class says something. */
  private static Set<String> described(Class<?> reader) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = reader.getResourceAsStream("settings.properties")) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    Set<String> keys = new TreeSet<>();
    properties.stringPropertyNames().forEach(key -> keys.add(key.replaceFirst("@paper$", "")));
    keys.remove("*");
    return keys;
  }

  @Test
  void everySettingHasAMeaningAndEveryMeaningASetting() throws IOException {
    Set<String> shared = described(Settings.class);
    for (Method method : Methods.all()) {
      List<Setting> settings = SettingSurvey.of(method, SettingSurvey.example(), Settings::empty);
      List<String> without =
          settings.stream().filter(s -> s.meaning().isBlank()).map(Setting::key).toList();
      assertEquals(List.of(), without, method.name() + ": settings without a meaning");
      Set<String> superfluous = described(method.getClass());
      settings.forEach(setting -> superfluous.remove(setting.key()));
      assertEquals(Set.of(), superfluous, method.name() + ": meanings of no setting");
      settings.forEach(setting -> shared.remove(setting.key()));
    }
    assertEquals(Set.of(), shared, "meanings of no setting of any method");
  }

  @Test
  void helpSettingsIsATableAndNeedsNoData() {
    Run run = Run.of("train", "rskp", "--help-settings", "--set", "hidden=64");
    assertEquals(0, run.code(), run.err());
    List<String> lines = run.out().lines().toList();
    assertTrue(lines.get(0).matches("setting +allowed +default +paper +meaning"), lines.get(0));
    assertTrue(
        lines.stream().anyMatch(l -> l.matches("hidden +integer >= 1 +64 +2048 +width of .*")),
        run.out());
    assertTrue(
        lines.stream().anyMatch(l -> l.matches("train.heldOut +number 0\\.\\.1 +0.1 +- +share .*")),
        run.out());
    assertEquals("", run.err());
    assertTrue(
        lines.stream().anyMatch(l -> l.matches("softNms.floor +number .* +0.001 +- +score .*")),
        run.out());
    Run wrong = Run.of("train", "rskp", "--help-settings", "--set", "hiden=64");
    assertEquals(2, wrong.code(), wrong.err());
    assertTrue(wrong.err().contains("did you mean hidden?"), wrong.err());
    Run noData = Run.of("train", "rskp", "--out", folder.resolve("run"));
    assertEquals(2, noData.code(), noData.err());
    assertTrue(noData.err().contains("KUSE-002"), noData.err());
  }

  @Test
  void theTableKnowsTheTextOfAPaperAndTheClassesOfTheData() throws IOException {
    Run paper = Run.of("train", "gaufuse", "--help-settings");
    assertEquals(0, paper.code(), paper.err());
    assertTrue(
        paper.out().lines().anyMatch(l -> l.matches("schedule .* +\"code\" +\"paper\" +when .*")),
        paper.out());
    Path data = TinyData.write(folder.resolve("data"));
    Object[] words = {
      "train", "apn", "--help-settings", "--data", data, "--set", "text.names=Action01=throw a ball"
    };
    assertEquals(0, Run.of(words).code());
    Run without =
        Run.of("train", "apn", "--help-settings", "--set", "text.names=Action01=throw a ball");
    assertEquals(2, without.code(), without.err());
    assertTrue(without.err().contains("--data DIR"), without.err());
  }

  @Test
  void theConfigurationOfARunSaysTheSame() throws IOException {
    Path data = TinyData.write(folder.resolve("data"));
    Path run = folder.resolve("run");
    assertEquals(0, TinyData.train(data, run).code());
    List<String> lines = Files.readAllLines(run.resolve("config.toml"));
    assertTrue(
        lines.contains("hidden = 8 # width of the module that gives the class activations"),
        lines.toString());
    assertTrue(lines.stream().allMatch(l -> l.isBlank() || l.startsWith("[") || l.contains(" # ")));
    Run resumed = TinyData.resume(data, run);
    assertEquals(0, resumed.code(), resumed.err());
  }
}
