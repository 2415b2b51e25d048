// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import dev.kairos.methods.evaluation.EvaluationFile;
import dev.kairos.methods.evaluation.SeedScores;
import dev.kairos.methods.report.ComparisonData.SeedGroup;
import dev.kairos.methods.report.ReportData.Scores;
import dev.kairos.methods.run.Provenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several runs held against each other. */
public final class RunComparison {
  private static final int MOST_SEEDS_NAMED = 6;

  private RunComparison() {}

  /**
   * Compares runs: their scores, what they differ in, and the mean and deviation of those that
   * differ in nothing but the seed.
   *
   * @param runs by name, in the order to show them
   */
  public static ComparisonData of(Map<String, RunSummary> runs) {
    List<ComparisonData.Run> shown = new ArrayList<>();
    runs.forEach((name, run) -> shown.add(shown(name, run)));
    ComparisonData bare = new ComparisonData(runs.size() + " runs", List.of(), shown, List.of());
    return new ComparisonData(
        runs.size() + " runs compared", notes(runs, bare), shown, groups(runs));
  }

  private static ComparisonData.Run shown(String name, RunSummary run) {
    return new ComparisonData.Run(
        name,
        run.method() + ", seed " + run.seed() + about(run),
        run.state(),
        run.scores().orElse(null),
        run.loss(),
        run.shortOrigin(),
        run.settings());
  }

  /** Of what its scores are. */
  private static String about(RunSummary run) {
    return run.scores().map(scores -> "; " + scores.about()).orElse("");
  }

  private static List<String> notes(Map<String, RunSummary> runs, ComparisonData bare) {
    List<String> notes = new ArrayList<>();
    long annotations =
        runs.values().stream()
            .filter(run -> run.evaluation() != null)
            .map(RunSummary::annotations)
            .distinct()
            .count();
    if (annotations > 1) {
      notes.add("The runs were scored on different annotations: their scores do not compare.");
    }
    long protocols =
        runs.values().stream()
            .map(RunSummary::evaluation)
            .flatMap(Stream::ofNullable)
            .map(EvaluationFile.Content::protocol)
            .distinct()
            .count();
    if (protocols > 1) {
      notes.add("The runs were scored by different protocols: their scores do not compare.");
    }
    if (!bare.sameThresholds()) {
      notes.add(
          "The runs were scored at different tIoU thresholds: their averages do not compare.");
    }
    return notes;
  }

  /** Runs with scores that share all but the seed, where there are at least two seeds. */
  private static List<SeedGroup> groups(Map<String, RunSummary> runs) {
    Map<List<Object>, Map<String, String>> alike = new LinkedHashMap<>(); // seed to name
    runs.forEach(
        (name, run) -> {
          Provenance origin = run.origin();
          EvaluationFile.Content kept = run.evaluation();
          if (origin != null && kept != null) {
            alike
                .computeIfAbsent(shared(run, origin, kept), key -> new LinkedHashMap<>())
                .putIfAbsent(run.seed(), name);
          }
        });
    List<SeedGroup> groups = new ArrayList<>();
    for (Map<String, String> bySeed : alike.values()) {
      if (bySeed.size() > 1) {
        groups.add(group(runs, bySeed));
      }
    }
    return groups;
  }

  private static List<Object> shared(
      RunSummary run, Provenance origin, EvaluationFile.Content kept) {
    Map<String, String> settings = new LinkedHashMap<>(run.settings());
    settings.remove("seed");
    return List.of(
        settings,
        origin.features(),
        origin.version(),
        Optional.ofNullable(origin.commit()),
        origin.backend(),
        kept.tious());
  }

  private static SeedGroup group(Map<String, RunSummary> runs, Map<String, String> bySeed) {
    String first = bySeed.values().iterator().next();
    RunSummary one = runs.get(first);
    if (one == null) {
      throw new IllegalStateException("comparison: no run " + first);
    }
    List<Double> tious = one.scores().map(Scores::tious).orElseThrow();
    SeedScores seeds =
        new SeedScores(one.method(), tious.stream().mapToDouble(Double::doubleValue).toArray());
    bySeed.forEach(
        (seed, name) ->
            Optional.ofNullable(runs.get(name))
                .flatMap(RunSummary::scores)
                .ifPresent(scores -> seeds.add(Long.parseLong(seed), values(scores))));
    String which =
        bySeed.size() <= MOST_SEEDS_NAMED
            ? "seeds " + String.join(", ", bySeed.keySet())
            : bySeed.size() + " seeds";
    return new SeedGroup(
        commonFolder(bySeed).orElse(one.method()) + ", " + which,
        tious,
        list(seeds.mean()),
        list(seeds.deviation()));
  }

  /** The folder that the names of all runs begin with, where it is one. */
  private static Optional<String> commonFolder(Map<String, String> bySeed) {
    List<String> folders =
        bySeed.values().stream()
            .map(name -> name.substring(0, Math.max(0, name.replace('\\', '/').lastIndexOf('/'))))
            .distinct()
            .collect(Collectors.toList());
    return folders.size() == 1 && !folders.get(0).isEmpty()
        ? Optional.of(folders.get(0))
        : Optional.empty();
  }

  private static double[] values(Scores scores) {
    double[] values = new double[scores.tious().size() + 1];
    for (int k = 0; k < scores.tious().size(); k++) {
      values[k] = scores.map().get(k);
    }
    values[scores.tious().size()] = scores.average();
    return values;
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
