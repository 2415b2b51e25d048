// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import dev.kairos.methods.report.ReportData.Curve;
import dev.kairos.methods.report.ReportData.Scores;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a page that holds runs against each other shows.
 *
 * @param title heading of the page
 * @param notes what the reader has to know about the numbers, a sentence each
 * @param runs in the order to show them
 * @param groups runs that differ in nothing but the seed, possibly none
 */
public record ComparisonData(
    String title, List<String> notes, List<Run> runs, List<SeedGroup> groups) {

  /** Keeps the lists from change. */
  public ComparisonData {
    notes = List.copyOf(notes);
    runs = List.copyOf(runs);
    groups = List.copyOf(groups);
  }

  /**
   * One run.
   *
   * @param name what to call it, a name of its own
   * @param about method and seed, in words
   * @param state why it has no scores, empty where it has
   * @param scores the evaluation, null where nothing was evaluated
   * @param losses its training curves; the first is the one compared
   * @param provenance where it comes from, name to value, in order
   * @param settings every setting, key to value
   */
  public record Run(
      String name,
      String about,
      String state,
      @Nullable Scores scores,
      List<Curve> losses,
      Map<String, String> provenance,
      Map<String, String> settings) {
    /** Keeps the collections from change. */
    public Run {
      losses = List.copyOf(losses);
      provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
  }

  /**
   * Runs that differ in nothing but the seed.
   *
   * @param name what to call them
   * @param tious thresholds
   * @param mean of mAP at each threshold, then of the average
   * @param deviation sample standard deviation of the same
   */
  public record SeedGroup(
      String name, List<Double> tious, List<Double> mean, List<Double> deviation) {
    /** Checks that everything has a value for each threshold and the average. */
    public SeedGroup {
      tious = List.copyOf(tious);
      mean = List.copyOf(mean);
      deviation = List.copyOf(deviation);
      if (mean.size() != tious.size() + 1 || deviation.size() != mean.size()) {
        throw new IllegalArgumentException(
            "seeds: needs a value for each of " + tious + " and the average: " + mean + deviation);
      }
    }
  }

  /** The thresholds of all runs, each once, from the lowest. */
  public List<Double> tious() {
    return runs.stream()
        .map(Run::scores)
        .flatMap(scores -> scores == null ? Stream.of() : scores.tious().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether all averages are over the same thresholds. */
  public boolean sameThresholds() {
    return runs.stream()
        .map(Run::scores)
        .allMatch(scores -> scores == null || scores.tious().equals(tious()));
  }

  /** The settings in which runs differ: key to the value of each run, empty where it has none. */
  public Map<String, List<String>> differences() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (Run run : runs) {
      run.settings().keySet().forEach(key -> all.computeIfAbsent(key, this::values));
    }
    all.values().removeIf(values -> values.stream().distinct().count() == 1);
    return all;
  }

  private List<String> values(String key) {
    return runs.stream().map(run -> run.settings().getOrDefault(key, "")).toList();
  }
}
