// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tuning;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.SettingSpace;
import dev.kairos.methods.settings.SettingSpace.Axis;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.SettingSurvey;
import dev.kairos.tensor.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Holds a space against the settings that a method has, before anything is trained. */
final class SpaceCheck {
  /** What decides on which recordings and how trials are scored. */
  private static final Set<String> OF_THE_SCORE =
      Set.of("train.heldOut", "train.heldOutSubset", "train.heldOutBy", "train.evaluateAt");

  private final Method method;
  private final DatasetDescription data;
  private final SettingSpace space;
  private final Supplier<Settings> base;

  SpaceCheck(Method method, DatasetDescription data, SettingSpace space, Supplier<Settings> base) {
    this.method = method;
    this.data = data;
    this.space = space;
    this.base = base;
  }

  /**
   * Tries every value with the first of all other settings.
   *
   * @return what all trials share, key to value
   * @throws ConfigException naming the place in the file
   */
  Map<String, Object> check() {
    Map<String, String> firsts = Tuning.firsts(space);
    for (Axis axis : space.axes()) {
      requireOpen(axis);
      for (String value : axis.extremes()) {
        Map<String, String> settings = new LinkedHashMap<>(firsts);
        settings.put(axis.key(), value);
        check(axis, settings);
      }
    }
    Map<String, Object> common = new LinkedHashMap<>(resolved(Map.of()));
    common.keySet().removeAll(Tuning.keys(space));
    return common;
  }

  private static void requireOpen(Axis axis) {
    if (axis.key().equals("seed") || axis.key().equals("method")) {
      throw refused(
          axis, axis.key() + " is not searched over", "--seeds trains with several seeds");
    }
    if (OF_THE_SCORE.contains(axis.key())) {
      throw refused(
          axis,
          axis.key() + " decides what trials are scored on: they would not compare",
          "give it with --validate or --set");
    }
  }

  private static ConfigException refused(Axis axis, String problem, String hint) {
    return new ConfigException("KCONF-010", axis.where() + ": " + problem, hint);
  }

  private void check(Axis axis, Map<String, String> settings) {
    try {
      var unused = resolved(settings);
    } catch (ConfigException e) {
      if (Tuning.isUnknownKey(e) && isKnownElsewhere()) {
        return; // a setting that other values bring; a trial without them is noted as failed
      }
      throw new ConfigException(
          e.code(), axis.where() + ": " + e.getMessage(), e.hint().orElse(null));
    }
  }

  private Map<String, Object> resolved(Map<String, String> settings) {
    List<String> words = new ArrayList<>();
    settings.forEach((key, value) -> words.add(key + "=" + value));
    try (Engine engine = Engine.open("cpu", 1)) {
      Settings all = base.get().withOverrides(words);
      return new Experiment(method, SettingSurvey.narrow(data), all, 0, engine).resolved();
    }
  }

  /** Whether the method has all settings of the space, with whatever others. */
  private boolean isKnownElsewhere() {
    List<String> known =
        SettingSurvey.of(method, data, base).stream().map(setting -> setting.key()).toList();
    return known.containsAll(Tuning.keys(space));
  }
}
