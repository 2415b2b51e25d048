// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tuning;

import dev.kairos.methods.evaluation.ValidationFile.Evaluation;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings that were tried, and how well they did on what was held out.
 *
 * @param number from 1
 * @param folder of its run, or of the runs of its seeds
 * @param settings what it has otherwise than the others, key to value as TOML has it
 * @param runs those that came to their end, in the order of their seeds
 * @param problem why it failed; empty where it did not
 */
public record Trial(
    int number, Path folder, Map<String, String> settings, List<Run> runs, String problem) {
  /** Keeps the collections from change. */
  public Trial {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    runs = List.copyOf(runs);
  }

  /**
   * The training with one seed.
   *
   * @param folder of the run
   * @param kept the evaluation whose weights it kept
   */
  public record Run(long seed, Path folder, Evaluation kept) {}

  /** Whether it came to no score. */
  public boolean isFailed() {
    return !problem.isEmpty();
  }

  /** Mean over the seeds of the average mAP on what was held out; NaN where it failed. */
  public double average() {
    return isFailed()
        ? Double.NaN
        : runs.stream().mapToDouble(run -> run.kept().average()).average().orElse(Double.NaN);
  }

  /** Mean over the seeds of the classification mAP; NaN where a model does not say. */
  public double classification() {
    return isFailed()
        ? Double.NaN
        : runs.stream()
            .mapToDouble(run -> run.kept().classification())
            .average()
            .orElse(Double.NaN);
  }

  /** Sample standard deviation over the seeds; NaN of one. */
  public double deviation() {
    double mean = average();
    double squares =
        runs.stream().mapToDouble(run -> Math.pow(run.kept().average() - mean, 2)).sum();
    return runs.size() < 2 ? Double.NaN : Math.sqrt(squares / (runs.size() - 1));
  }

  /** The settings in one line. */
  public String words() {
    StringBuilder words = new StringBuilder();
    settings.forEach(
        (key, value) -> words.append(words.isEmpty() ? "" : " ").append(key + "=" + value));
    return words.toString();
  }
}
