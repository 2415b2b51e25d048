// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.evaluation.SeedScores;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The same training with several seeds in a row, each in a run folder of its own, {@code seed-N}
 * below a common one; mean and deviation of the scores stand beside them in {@code summary.json}.
 */
public final class SeedTraining {
  private final Path folder;
  private final String unit;
  private final SeedScores scores;

  /** Takes the training of one seed to its scores. */
  @FunctionalInterface
  public interface Run {
    /**
     * Begins the run, goes on with it, or takes the scores that it has.
     *
     * @param place its run folder
     * @return empty if there is nothing to score
     */
    Optional<EvaluationResult> run(Path place, long seed) throws IOException;
  }

  /**
   * Several runs.
   *
   * @param folder that holds all of them; made where it is missing
   * @param method its name, for the summary
   * @param tious thresholds of the scores
   */
  public SeedTraining(Path folder, String method, double... tious) {
    this(folder, "seed", method, tious);
  }

  /**
   * Several runs that differ in something else than their seeds, in {@code UNIT-N} each.
   *
   * @param unit such as {@code fold}
   */
  public SeedTraining(Path folder, String unit, String method, double... tious) {
    this.folder = folder;
    this.unit = unit;
    this.scores = new SeedScores(unit, method, tious);
  }

  /** The run folder of a seed. */
  public Path place(long seed) {
    return folder.resolve(unit + "-" + seed);
  }

  /**
   * Runs seed after seed and writes the summary, where anything was scored.
   *
   * @param first the first seed; the others follow it
   * @param count how many
   */
  public SeedScores run(long first, int count, Run each) throws IOException {
    if (Files.isDirectory(folder)) {
      AtomicFiles.removeLeftOvers(folder);
    }
    for (long seed = first; seed < first + count; seed++) {
      Optional<EvaluationResult> result = each.run(place(seed), seed);
      if (result.isPresent()) {
        scores.add(seed, result.get());
      }
    }
    if (!scores.isEmpty()) {
      scores.write(folder);
    }
    return scores;
  }
}
