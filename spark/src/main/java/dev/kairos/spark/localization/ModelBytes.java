// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.localization;

import dev.kairos.memory.MemoryFiles;
import dev.kairos.methods.Methods;
import dev.kairos.methods.pipeline.TrainedRun;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.TrainedModel;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A trained model on its way to the executors: the bytes of its files. On an executor it is opened
 * once, whoever asks first; each thread that localises then has an engine of its own, and all read
 * the same weights.
 */
public final class ModelBytes implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The best backend that an executor has. */
  public static final String BEST_BACKEND = "cpu";

  /** Spark bounds how many tasks run at once; more engines than that are never made. */
  private static final int MOST_TASKS = 1024;

  private final String backend;
  private final TreeMap<String, byte[]> files = new TreeMap<>();
  private transient @Nullable TrainedRun run;

  private ModelBytes(String backend) {
    this.backend = backend;
  }

  /**
   * A model that is open.
   *
   * @param backend the name of what computes on the executors
   */
  public static ModelBytes of(TrainedModel model, String backend) throws IOException {
    Path folder = new MemoryFiles().getPath("/model");
    model.write(folder);
    return read(folder, backend);
  }

  /** The model of a run folder: its best weights where the training kept such. */
  public static ModelBytes ofRun(Path folder) throws IOException {
    RunFolder run = RunFolder.open(folder);
    try (Engine engine = Engine.open(BEST_BACKEND, 1)) {
      return of(Experiment.open(run, Methods.of(run), engine).trained(), BEST_BACKEND);
    }
  }

  /** A model that {@link #write} wrote, or {@link TrainedModel#write}. */
  public static ModelBytes read(Path folder, String backend) throws IOException {
    ModelBytes bytes = new ModelBytes(backend);
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.filter(file -> !String.valueOf(file.getFileName()).startsWith(".")).toList();
    }
    for (Path file : all) {
      bytes.files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
    }
    return bytes;
  }

  /** Writes the files into a folder, which is made. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : files.keySet()) {
      Files.write(folder.resolve(name), files.get(name));
    }
  }

  /** The model, ready to localise in any number of threads. */
  public synchronized TrainedRun open() throws IOException {
    if (run == null) {
      Path folder = new MemoryFiles().getPath("/model");
      write(folder);
      run =
          TrainedRun.of(
              TrainedModel.read(folder, Methods::named),
              new TrainedRun.Options(backend, MOST_TASKS, null));
    }
    return run;
  }
}
