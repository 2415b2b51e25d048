// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tuning;

import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.SettingSpace;
import dev.kairos.methods.settings.SettingSpace.Axis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Which settings each trial of a search has. */
public final class SearchPlan {
  /** Trials of a random search where nobody says how many. */
  public static final int USUAL_TRIALS = 20;

  private static final int MOST_TRIALS = 10_000;
  private static final int MOST_DRAWS = 1000;

  /** How settings are chosen. */
  public enum Search {
    /** Every combination of the listed values. */
    GRID,
    /** Values drawn at random, each trial by itself. */
    RANDOM;

    /** The name that users type. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private SearchPlan() {}

  /** The search for a space where nobody says: a grid where all values are listed. */
  public static Search usual(SettingSpace space) {
    return space.hasRange() ? Search.RANDOM : Search.GRID;
  }

  /**
   * The settings of each trial, key to value as TOML has it. A trial depends on the seed, its
   * number and the ones before it, so that more trials begin with the same ones.
   *
   * @param trials how many at most; 0 for all of a grid, or the usual number
   * @throws ConfigException if the space has too many combinations, or a range in a grid
   */
  public static List<Map<String, String>> of(
      SettingSpace space, Search search, int trials, long seed) {
    return search == Search.GRID ? grid(space, trials) : random(space, trials, seed);
  }

  private static List<Map<String, String>> grid(SettingSpace space, int trials) {
    for (Axis axis : space.axes()) {
      if (axis.isRange()) {
        throw new ConfigException(
            "KCONF-010",
            axis.where()
                + ": a grid needs the values of "
                + axis.key()
                + " in a list, found a range",
            "list them, or --search random");
      }
    }
    long all = space.combinations();
    if (trials == 0 && all > MOST_TRIALS) {
      throw new ConfigException(
          "KCONF-010",
          "the grid has %s combinations, more than %d".formatted(all, MOST_TRIALS),
          "list fewer values, or --search random --trials " + USUAL_TRIALS);
    }
    long count = trials == 0 ? all : Math.min(trials, all);
    List<Map<String, String>> plan = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      plan.add(combination(space.axes(), i));
    }
    return plan;
  }

  /** The last setting changes fastest. */
  private static Map<String, String> combination(List<Axis> axes, long number) {
    Map<String, String> settings = new LinkedHashMap<>();
    axes.forEach(axis -> settings.put(axis.key(), "")); // in the order of the file
    long rest = number;
    for (int a = axes.size() - 1; a >= 0; a--) {
      List<String> values = axes.get(a).values();
      settings.put(axes.get(a).key(), values.get((int) (rest % values.size())));
      rest /= values.size();
    }
    return settings;
  }

  private static List<Map<String, String>> random(SettingSpace space, int trials, long seed) {
    int count = trials == 0 ? USUAL_TRIALS : Math.min(trials, MOST_TRIALS);
    RandomGenerator random = Philox.generator(new RandomKey(seed, 0).child("tune"));
    List<Map<String, String>> plan = new ArrayList<>();
    Set<Map<String, String>> known = new HashSet<>();
    for (int draws = 0; plan.size() < count && draws < MOST_DRAWS + count; draws++) {
      Map<String, String> settings = new LinkedHashMap<>();
      for (Axis axis : space.axes()) {
        settings.put(
            axis.key(),
            axis.isRange()
                ? axis.at(random.nextDouble())
                : axis.values().get(random.nextInt(axis.values().size())));
      }
      if (known.add(settings)) { // a space of few values may have fewer than are asked for
        plan.add(settings);
      }
    }
    return plan;
  }
}
