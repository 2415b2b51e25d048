// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.nn.Checkpoint;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Safetensors;
import dev.kairos.tensor.io.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one of several trainings left in the run folder: {@code stages/NAME/} with the weights it
 * trained, its metrics, and whatever else the method puts there. The weights of trainings before it
 * are in their own folders.
 */
public final class StageFolder {
  /** The folder of all trainings in a run folder. */
  public static final String STAGES = "stages";

  /** The weights this training moved, as they were at its end. */
  public static final String WEIGHTS = "weights.safetensors";

  private final Path folder;

  private StageFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder of a training; it may not be there yet. */
  public static StageFolder of(RunFolder run, String stage) {
    return new StageFolder(run.file(STAGES).resolve(stage));
  }

  /** Makes the folder if it is missing, and removes what a killed process left in it. */
  StageFolder open() throws IOException {
    Files.createDirectories(folder);
    AtomicFiles.removeLeftOvers(folder);
    return this;
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /** A file in it. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Whether the training was taken to its end. */
  public boolean isFinished() {
    return Files.exists(file(WEIGHTS));
  }

  /** Saves the weights of the training: the last thing it does. */
  void save(List<Parameter> weights) throws IOException {
    Safetensors.write(file(WEIGHTS), Checkpoint.arrays(weights), Map.of());
  }

  /**
   * Overwrites the weights that this training moved, and no others.
   *
   * @throws DataFormatException if the training is not finished, or the file is of another model
   */
  void restore(Parameters parameters) throws IOException {
    Path file = file(WEIGHTS);
    if (!isFinished()) {
      throw DataFormatException.of(
          "KDATA-211",
          folder,
          "the training is not finished: there is no " + WEIGHTS,
          "go on with kairos train --resume");
    }
    SafetensorsFile read = Safetensors.read(file);
    List<Parameter> trained = new ArrayList<>();
    for (String name : read.tensors().keySet()) {
      Parameter parameter = parameters.byName().get(name);
      if (parameter == null) {
        throw DataFormatException.of(
            "KDATA-210",
            file,
            "the run's method has no weight " + name,
            "the file belongs to another run");
      }
      trained.add(parameter);
    }
    Checkpoint.load(trained, read.tensors(), file);
  }
}
