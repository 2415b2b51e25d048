// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.pipeline.LocalizationWork;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What the command takes for granted where it runs.
 *
 * @param paths finds the file that a word of the command line names
 * @param localization who localises many recordings
 */
public record Surroundings(Function<String, Path> paths, LocalizationWork localization) {
  /** This machine. */
  public static final Surroundings HERE = new Surroundings(Path::of, LocalizationWork.HERE);
}
