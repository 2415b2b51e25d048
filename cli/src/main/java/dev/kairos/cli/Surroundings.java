// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.pipeline.LocalizationWork;
import dev.kairos.methods.pipeline.RunsWork;
import dev.kairos.methods.pipeline.TrainingWork;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What the command takes for granted where it runs.
 *
 * @param paths finds the file that a word of the command line names
 * @param localization who localises many recordings
 * @param training who takes the steps of a training
 * @param runs who trains many runs at once
 */
public record Surroundings(
    Function<String, Path> paths,
    LocalizationWork localization,
    TrainingWork training,
    RunsWork runs) {
  /** This machine. */
  public static final Surroundings HERE = new Surroundings(Path::of, LocalizationWork.HERE);

  /** Where trainings run on this machine. */
  public Surroundings(Function<String, Path> paths, LocalizationWork localization) {
    this(paths, localization, TrainingWork.HERE, RunsWork.IN_TURN);
  }
}
