// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.files.UserFile;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.SettingsFile;
import dev.kairos.nn.Checkpoint;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A training run on disk: {@code config.toml}, {@code checkpoint.safetensors} with {@code
 * state.json}, {@code metrics.jsonl}, {@code provenance.json} and TensorBoard events.
 *
 * <p>The checkpoint alone is the truth: weights, optimiser and position are one file, replaced in
 * one move, so that no crash can leave a mixed pair. {@code state.json} follows it: the position
 * for people and scripts, with the checkpoint's size and SHA-256, which a resumed run verifies.
 */
public final class RunFolder {
  /** Every setting of the run. */
  public static final String CONFIG = "config.toml";

  /** Weights, optimiser and position. */
  public static final String CHECKPOINT = "checkpoint.safetensors";

  /** Weights to begin with instead of drawn ones, where there are such. */
  public static final String INITIAL = "initial.safetensors";

  /** The position for people and scripts. */
  public static final String STATE = "state.json";

  /** A line of losses for each step. */
  public static final String METRICS = "metrics.jsonl";

  /** Where the run comes from. */
  public static final String PROVENANCE = "provenance.json";

  /** What was found in the subset to score on, in the ActivityNet submission form. */
  public static final String DETECTIONS = "detections.json";

  /** The scores of that. */
  public static final String EVALUATION = "evaluation.json";

  private final Path folder;

  private RunFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * How far a training has come.
   *
   * @param stage which stage, from 0
   * @param step steps done in it
   * @param total steps done in all stages
   * @param finished whether the last stage is done
   */
  public record Position(int stage, long step, long total, boolean finished) {
    /** The beginning. */
    public static final Position START = new Position(0, 0, 0, false);
  }

  /** As the other {@code create}, with the settings alone. */
  public static RunFolder create(Path folder, String config) throws IOException {
    return create(folder, config, run -> {});
  }

  /** Writes what a new run holds beside its settings before it trains. */
  @FunctionalInterface
  public interface Description {
    /** Writes into the folder, or fails and is taken back with it. */
    void write(RunFolder run) throws IOException;
  }

  /**
   * A new run with all that it says before training, or none at all.
   *
   * @param config every setting, as TOML
   * @param description writes the rest: {@link #PROVENANCE}, the data set's description
   * @throws DataFormatException if the folder is not empty; runs are never overwritten
   */
  public static RunFolder create(Path folder, String config, Description description)
      throws IOException {
    requireUnused(folder);
    boolean there = Files.exists(folder);
    try (RunLock lock = lock(folder)) {
      requireUnused(folder); // again: another start may have been quicker
      RunFolder run = new RunFolder(folder);
      try {
        AtomicFiles.writeString(folder.resolve(CONFIG), config);
        description.write(run);
      } catch (IOException | RuntimeException e) {
        run.withdraw(!there, e);
        throw e;
      }
      return run;
    }
  }

  /**
   * Makes this thread the only one that writes into a folder, which is made if it is missing, and
   * removes what killed processes left there. A thread that has the lock may lock again.
   *
   * @throws DataFormatException naming who else writes there now, or if it is a file
   */
  public static RunLock lock(Path folder) throws IOException {
    requireFolder(folder);
    Files.createDirectories(folder);
    RunLock lock = RunLock.of(folder);
    try {
      removeLeftOvers(folder);
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static void removeLeftOvers(Path folder) throws IOException {
    AtomicFiles.removeLeftOvers(folder);
    Path stages = folder.resolve(StageFolder.STAGES);
    if (Files.isDirectory(stages)) {
      try (Stream<Path> inside = Files.walk(stages)) {
        for (Path place : inside.filter(Files::isDirectory).toList()) {
          AtomicFiles.removeLeftOvers(place);
        }
      }
    }
  }

  private static void requireFolder(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw DataFormatException.of(
          "KDATA-201", folder, "is a file, expected a folder for the run", "name another --out");
    }
  }

  /**
   * Refuses a place where no new run can begin, before any work is done for it. Changes nothing.
   *
   * @throws DataFormatException if it is a file, a folder that is not empty, or one that another
   *     process or thread writes to, naming that
   */
  public static void requireUnused(Path folder) throws IOException {
    requireFolder(folder);
    if (Files.isDirectory(folder)) {
      RunLock.requireFree(folder);
      if (!isEmpty(folder)) {
        throw DataFormatException.of(
            "KDATA-202",
            folder,
            "already holds files; a run is never overwritten",
            "name another --out, or go on with --resume");
      }
    }
  }

  /**
   * Whether a folder is there with nothing in it, or only what a start that was killed or has just
   * begun left there.
   */
  public static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.allMatch(file -> RunLock.isLock(file) || AtomicFiles.isTemporary(file));
    }
  }

  /**
   * A run that exists.
   *
   * @throws DataFormatException if the folder holds no run
   */
  public static RunFolder open(Path folder) throws IOException {
    if (!exists(folder)) {
      throw DataFormatException.of(
          "KDATA-203",
          folder,
          "is no run folder: " + CONFIG + " is missing",
          "a run folder is what kairos train --out made");
    }
    return new RunFolder(folder);
  }

  /** Whether a run was begun here. */
  public static boolean exists(Path folder) {
    return Files.isRegularFile(folder.resolve(CONFIG));
  }

  /**
   * Takes back a run that could not be begun: removes what was written for it so far.
   *
   * @param folderToo whether the folder is to go as well
   * @param reason why; told of what cannot be removed
   */
  private void withdraw(boolean folderToo, Exception reason) {
    try {
      for (String name : new String[] {INITIAL, PROVENANCE, DatasetDescription.FILE_NAME, CONFIG}) {
        Files.deleteIfExists(folder.resolve(name));
      }
      if (folderToo) {
        Files.deleteIfExists(folder.resolve(RunLock.LOCK));
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /** A file of the run. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Every setting of the run, as TOML. */
  public String config() throws IOException {
    return UserFile.readString(folder.resolve(CONFIG));
  }

  /**
   * Every setting of the run, dotted key to its value as TOML has it.
   *
   * @throws ConfigException if the file is not TOML
   */
  public Map<String, String> settings() throws IOException {
    return SettingsFile.read(folder.resolve(CONFIG));
  }

  /**
   * Saves weights, what the stages remember, and position.
   *
   * @param arrays weights, optimisers and state by name
   * @param texts what else the checkpoint is to say, by name
   * @param configHash of the configuration it is trained with, as {@link #requireSameConfig} gave
   */
  public void save(
      Map<String, NpyArray> arrays, Map<String, String> texts, Position position, String configHash)
      throws IOException {
    new RunState(this).save(arrays, texts, position, configHash);
  }

  /**
   * The saved arrays with their position; empty if nothing was saved yet.
   *
   * @throws DataFormatException if the checkpoint is damaged
   */
  public Optional<Saved> saved() throws IOException {
    return new RunState(this).saved();
  }

  /** How far the saved training has come, without reading its arrays. */
  public Position position() throws IOException {
    return new RunState(this).position();
  }

  /** Brings a {@code state.json} up to date that a crash kept from following the checkpoint. */
  public void repairState(Position position, String configHash) throws IOException {
    new RunState(this).repair(position, configHash);
  }

  /**
   * Refuses to go on with a configuration that was edited meanwhile.
   *
   * @return the hash of the configuration that the run was trained with up to now
   * @throws DataFormatException naming each setting that is another one now
   */
  public String requireSameConfig() throws IOException {
    return new TrainedConfig(this).requireSame();
  }

  /** What {@link #CONFIG} says otherwise than the run was begun with, a setting an entry. */
  public List<String> configEdits() throws IOException {
    return new TrainedConfig(this).edits();
  }

  /**
   * A saved state.
   *
   * @param file where it was read, for messages
   * @param arrays weights, optimisers and state by name
   * @param texts what else the checkpoint says, by name
   * @param position how far the training had come
   * @param updates steps of the optimiser of the present stage, which may be fewer than those of
   *     the run
   */
  public record Saved(
      Path file,
      Map<String, NpyArray> arrays,
      Map<String, String> texts,
      Position position,
      long updates) {
    /** The key of {@link #updates} among the texts. */
    public static final String UPDATES = "kairos.updates";

    /**
     * Refuses the position where one of its numbers is not right.
     *
     * @param name of the number
     * @param expected what it may be
     * @throws DataFormatException unless it is right
     */
    public void require(boolean right, String name, String expected) {
      if (!right) {
        throw DataFormatException.of(
            "KDATA-213",
            file,
            "metadata kairos.%s does not fit the run: expected %s, found stage %d, step %d of it, %d in all, %d updates, finished: %s"
                .formatted(
                    name,
                    expected,
                    position.stage(),
                    position.step(),
                    position.total(),
                    updates,
                    position.finished()),
            "restore the file from a copy, or begin another run");
      }
    }

    /** Overwrites the weights. */
    public void restore(Parameters parameters) {
      Checkpoint.load(parameters, arrays, file);
    }

    /** Whether it was saved before optimisers outlived their stage. */
    public boolean isOld() {
      return "1".equals(texts.get(RunState.FORMAT_KEY));
    }
  }
}
