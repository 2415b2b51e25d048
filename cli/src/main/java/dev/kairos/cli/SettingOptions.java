// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Presets;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a method is set. */
final class SettingOptions {
  private static final String SEED = "seed";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings as TOML; those of a run folder will do.")
  private @Nullable Path config;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Settings for a kind of data, or none (default: by the data set's name).")
  private @Nullable String preset;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over preset and configuration; may be repeated.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "All randomness follows it (default: 0).")
  private @Nullable Long seed;

  private final List<String> more = new ArrayList<>(); // of other options

  /** Adds what other options say, as settings. */
  void add(List<String> settings) {
    more.addAll(settings);
  }

  /** Whether {@code --set} names a setting. */
  boolean sets(String key) {
    return words.stream().anyMatch(word -> word.split("=", 2)[0].strip().equals(key));
  }

  /** Refuses a setting that is searched over and has one value too. */
  void requireFree(String key) {
    if (sets(key)) {
      throw new UsageException(
          "--set %s: the space searches over it too".formatted(key), "keep one of the two");
    }
  }

  /** All of it but the seed as words of a command line, for runs that are still to begin. */
  List<String> words() {
    List<String> all = new ArrayList<>();
    if (config != null) {
      all.addAll(List.of("--config", Shell.quoted(config)));
    }
    if (preset != null) {
      all.addAll(List.of("--preset", Shell.quoted(preset)));
    }
    words.forEach(word -> all.addAll(List.of("--set", Shell.quoted(word))));
    return all;
  }

  /** The seed asked for by option. */
  Optional<Long> seed() {
    return Optional.ofNullable(seed);
  }

  /** The settings of a new run. */
  Settings fresh(Method method, DatasetDescription data, long seedOffset, Messages messages)
      throws IOException {
    if (preset == null) {
      Presets.forDataset(method, data.name())
          .ifPresent(
              name ->
                  messages.info(
                      "preset " + name + ", by the data set's name; --preset none leaves it out"));
    }
    if (seedOffset == 0) {
      return Experiment.settings(method, data, preset, config, overrides());
    }
    List<String> shifted = overrides();
    shifted.removeIf(SettingOptions::isSeed);
    shifted.add(SEED + "=" + (firstSeed(method, data) + seedOffset));
    return Experiment.settings(method, data, preset, config, shifted);
  }

  /** The settings as they are given, without a word on where they come from. */
  Settings given(Method method, DatasetDescription data) throws IOException {
    return Experiment.settings(method, data, preset, config, overrides());
  }

  /** The first seed of several runs. */
  long firstSeed(Method method, DatasetDescription data) throws IOException {
    return Experiment.settings(method, data, preset, config, overrides()).integer(SEED, 0);
  }

  /** {@code --set} wins over {@code --seed}, which is a setting like the others. */
  private List<String> overrides() {
    List<String> all = new ArrayList<>(words);
    all.addAll(more);
    if (seed != null && words.stream().noneMatch(SettingOptions::isSeed)) {
      all.add(SEED + "=" + seed);
    }
    return all;
  }

  private static boolean isSeed(String word) {
    return word.replace(" ", "").startsWith(SEED + "=");
  }

  /**
   * Brings a run back with its own settings.
   *
   * @param seedOffset which of several runs this is
   * @throws ConfigException if an option asks for another value than the run has
   */
  Experiment resumed(
      Method method, DatasetDescription data, RunFolder folder, long seedOffset, Engine engine)
      throws IOException {
    Settings own = Settings.empty().withConfig(folder.file(RunFolder.CONFIG));
    Experiment experiment = new Experiment(method, data, own, own.integer(SEED, 0), engine);
    if (config != null || preset != null || !overrides().isEmpty()) {
      Settings asked = Settings.empty().withConfig(folder.file(RunFolder.CONFIG));
      requireSame(folder, experiment, asked(method, asked, seedOffset), data, engine);
    }
    return experiment;
  }

  private Settings asked(Method method, Settings own, long seedOffset) throws IOException {
    Settings asked = own;
    if (preset != null && !preset.equals("none")) {
      asked = asked.withPreset(preset, Experiment.preset(method, preset));
    }
    if (config != null) {
      asked = asked.withConfig(config);
    }
    List<String> all = overrides();
    if (seedOffset != 0) {
      all.removeIf(SettingOptions::isSeed);
      all.add(
          SEED + "=" + own.integer(SEED, 0)); // the runs after the first have seeds of their own
    }
    return asked.withOverrides(all);
  }

  private static void requireSame(
      RunFolder folder,
      Experiment experiment,
      Settings asked,
      DatasetDescription data,
      Engine engine) {
    Map<String, Object> wanted =
        new Experiment(experiment.method(), data, asked, asked.integer(SEED, 0), engine).resolved();
    for (Map.Entry<String, Object> entry : experiment.resolved().entrySet()) {
      Object other = wanted.get(entry.getKey());
      if (!entry.getValue().equals(other)) {
        throw new ConfigException(
            "KCONF-007",
            "%s: the run has %s = %s, asked for %s"
                .formatted(folder.path(), entry.getKey(), entry.getValue(), other),
            "a resumed run keeps its settings: leave the option out, or begin a new run");
      }
    }
  }
}
