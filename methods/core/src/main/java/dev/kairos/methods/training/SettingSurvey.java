// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.kernels.KairosException;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.settings.Setting;
import dev.kairos.methods.settings.Settings;
import dev.kairos.tensor.Engine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Every setting of a method. Which settings there are depends on others, as those of soft-NMS on
 * {@code suppression}: so the method is asked again with other answers, until nothing new comes.
 */
public final class SettingSurvey {
  private static final int MOST_ANSWERS = 4;
  private static final int SMALL = 16;
  private static final int WIDTH = 2; // sizes of features are no settings
  private static final String FILE = "file";

  private final Method method;
  private final DatasetDescription data;
  private final Supplier<Settings> given;
  private final Map<String, Setting> found = new LinkedHashMap<>();
  private final Set<List<String>> tried = new HashSet<>();
  private final List<List<String>> revealing = new ArrayList<>();
  private final List<String> small = new ArrayList<>();
  private final List<String> failing = new ArrayList<>(); // answers that cannot stand alone

  private SettingSurvey(Method method, DatasetDescription data, Supplier<Settings> given) {
    this.method = method;
    this.data = data;
    this.given = given;
  }

  /**
   * The settings of a method.
   *
   * @param data whose classes settings may speak of; how wide its features are does not matter
   * @param settings what is given beforehand, such as a preset; fresh at each call
   * @return those asked for as things are, then those that other answers bring, of which no paper
   *     has a value
   * @throws dev.kairos.methods.settings.ConfigException if that is not allowed
   */
  public static List<Setting> of(
      Method method, DatasetDescription data, Supplier<Settings> settings) {
    SettingSurvey survey = new SettingSurvey(method, narrow(data), settings);
    survey.run();
    return List.copyOf(survey.found.values());
  }

  private void run() {
    Deque<List<String>> open = new ArrayDeque<>();
    tried.add(List.of());
    spread(List.of(), ask(List.of()), open);
    makeSmall();
    explore(open);
    for (List<String> answers : List.copyOf(revealing)) { // what failed alone may need a companion
      for (String answer : List.copyOf(failing)) {
        open.add(with(answers, answer));
      }
    }
    explore(open);
  }

  private void explore(Deque<List<String>> open) {
    while (!open.isEmpty()) {
      List<String> answers = open.remove();
      if (tried.add(answers)) {
        spread(answers, ask(answers), open);
      }
    }
  }

  private void spread(List<String> answers, List<Setting> fresh, Deque<List<String>> open) {
    if (!fresh.isEmpty() && answers.size() < MOST_ANSWERS) {
      revealing.add(answers);
      for (Setting setting : fresh) {
        for (String other : others(setting)) {
          open.add(with(answers, setting.key() + "=" + other));
        }
      }
    }
  }

  /** From now on sizes are small, where the method lets them: full networks take their time. */
  private void makeSmall() {
    List<String> sizes = new ArrayList<>();
    for (Setting setting : found.values()) {
      if (setting.value() instanceof Long size && size > SMALL) {
        sizes.add(setting.key() + "=" + SMALL);
      }
    }
    if (make(given.get().withOverrides(sizes))) {
      small.addAll(sizes);
    }
  }

  private void makeAsGiven(Settings settings) {
    try (Engine engine = Engine.open("cpu", 1)) { // one each, as weights take memory
      new Experiment(method, data, settings, 0, engine);
    }
  }

  /** Whether the answers go together. */
  private boolean make(Settings settings) {
    try {
      makeAsGiven(settings);
      return true;
    } catch (KairosException e) { // a setting, or a file that it names
      return false;
    }
  }

  private static String key(String answer) {
    return answer.substring(0, answer.indexOf('='));
  }

  private static List<String> with(List<String> answers, String answer) {
    List<String> more = new ArrayList<>(answers);
    more.removeIf(before -> key(before).equals(key(answer)));
    more.add(answer);
    more.sort(null);
    return more;
  }

  /** Answers on which other settings may depend. */
  private static List<String> others(Setting setting) {
    if (setting.key().equals("method")) {
      return List.of();
    }
    if (!setting.words().isEmpty()) {
      return setting.words().stream()
          .filter(word -> !word.equals(String.valueOf(setting.value())))
          .toList();
    }
    if (setting.value() instanceof Number number && number.doubleValue() == 0) {
      return List.of("1"); // a weight of 0 is a part that is not there
    }
    return setting.value().equals("") ? List.of(FILE) : List.of();
  }

  /** What is asked for now that was not before. */
  private List<Setting> ask(List<String> answers) {
    Set<String> all = new LinkedHashSet<>(answers);
    small.stream()
        .filter(size -> answers.stream().noneMatch(answer -> key(answer).equals(key(size))))
        .forEach(all::add);
    Settings settings = given.get().withOverrides(List.copyOf(all));
    if (answers.isEmpty()) {
      makeAsGiven(settings);
    } else if (!make(settings) && answers.size() == 1) {
      failing.addAll(answers); // what was asked for before it turned out is known all the same
    }
    List<Setting> fresh = new ArrayList<>();
    for (Setting setting : settings.described()) {
      if (!found.containsKey(setting.key())) {
        found.put(setting.key(), answers.isEmpty() ? setting : setting.withoutPaper());
        fresh.add(setting);
      }
    }
    return fresh;
  }

  /** Data with two streams, for who has none. */
  public static DatasetDescription example() {
    return new DatasetDescription(
        "example",
        List.of(new FeatureStream("rgb", WIDTH), new FeatureStream("flow", WIDTH)),
        25,
        16,
        List.of("a", "b"),
        "",
        "");
  }

  /** The same data with features of two values: as good to make a model of, and quicker. */
  public static DatasetDescription narrow(DatasetDescription data) {
    return new DatasetDescription(
        data.name(),
        data.streams().stream().map(s -> new FeatureStream(s.name(), WIDTH)).toList(),
        data.fps(),
        data.stride(),
        data.classes(),
        "",
        "");
  }
}
