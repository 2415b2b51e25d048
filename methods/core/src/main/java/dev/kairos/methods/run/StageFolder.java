// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import dev.kairos.methods.files.Shown;
import dev.kairos.nn.Checkpoint;
import dev.kairos.nn.CheckpointSeal;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import dev.kairos.tensor.io.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one of several stages left in the run folder: {@code stages/NAME/} with the weights it
 * trained, its metrics, and whatever else the method puts there. The weights of stages before it
 * are in their own folders.
 */
public final class StageFolder {
  /** The folder of all stages in a run folder. */
  public static final String STAGES = "stages";

  /** The weights this stage moved, as they were at its end. */
  public static final String WEIGHTS = "weights.safetensors";

  private static final String INDEX = "kairos.stage";

  private final Path folder;

  private StageFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder of a stage; it may not be there yet. */
  public static StageFolder of(RunFolder run, String stage) {
    return new StageFolder(run.file(STAGES).resolve(stage));
  }

  /** Makes the folder if it is missing. */
  public StageFolder open() throws IOException {
    Files.createDirectories(folder);
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

  /** Whether the stage was taken to its end. */
  public boolean isFinished() {
    return Files.exists(file(WEIGHTS));
  }

  /**
   * Saves the weights of the stage: the last thing it does.
   *
   * @param index which of the stages it is, from 0
   */
  public void save(List<Parameter> weights, int index) throws IOException {
    Map<String, NpyArray> arrays = Checkpoint.arrays(weights);
    Map<String, String> texts = Map.of(INDEX, Integer.toString(index));
    Safetensors.write(file(WEIGHTS), arrays, CheckpointSeal.seal(arrays, texts));
  }

  /** The folders of all finished stages of a run by name, in the order of training. */
  public static Map<String, StageFolder> finished(RunFolder run) throws IOException {
    Path all = run.file(STAGES);
    TreeMap<Integer, StageFolder> order = new TreeMap<>();
    if (Files.isDirectory(all)) {
      try (Stream<Path> folders = Files.list(all)) {
        for (Path folder : folders.sorted().toList()) {
          StageFolder stage = new StageFolder(folder);
          if (stage.isFinished()) {
            order.put(stage.index(), stage);
          }
        }
      }
    }
    Map<String, StageFolder> byName = new LinkedHashMap<>();
    order.values().forEach(stage -> byName.put(stage.name(), stage));
    return byName;
  }

  private int index() throws IOException {
    String text = Safetensors.readHeader(file(WEIGHTS)).metadata().getOrDefault(INDEX, "");
    if (!text.matches("\\d{1,9}")) {
      throw DataFormatException.of(
          "KDATA-204",
          file(WEIGHTS),
          "metadata " + INDEX + ": expected a number, found \"" + Shown.of(text) + "\"");
    }
    return Integer.parseInt(text);
  }

  /** The name of the stage. */
  public String name() {
    return String.valueOf(folder.getFileName());
  }

  /**
   * Overwrites the weights that this stage moved, and no others.
   *
   * @throws DataFormatException if the stage is not finished, or the file is of another model
   */
  public void restore(Parameters parameters) throws IOException {
    Path file = file(WEIGHTS);
    if (!isFinished()) {
      throw DataFormatException.of(
          "KDATA-211",
          folder,
          "the stage is not finished: there is no " + WEIGHTS,
          "go on with kairos train --resume");
    }
    SafetensorsFile read = Safetensors.read(file);
    CheckpointSeal.check(file, read);
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
