// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.JsonProblem;
import dev.kairos.nn.Checkpoint;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import dev.kairos.tensor.io.SafetensorsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

  /** The position for people and scripts. */
  public static final String STATE = "state.json";

  /** A line of losses for each step. */
  public static final String METRICS = "metrics.jsonl";

  /** Where the run comes from. */
  public static final String PROVENANCE = "provenance.json";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String FORMAT = "1";

  /** Absent in checkpoints of before there were steps that update nothing. */
  private static final String UPDATES = "kairos.updates";

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

  /**
   * A new run.
   *
   * @param config every setting, as TOML
   * @throws DataFormatException if the folder is not empty; runs are never overwritten
   */
  public static RunFolder create(Path folder, String config) throws IOException {
    requireUnused(folder);
    boolean there = Files.exists(folder);
    Files.createDirectories(folder);
    RunFolder run = new RunFolder(folder);
    try {
      AtomicFiles.writeString(folder.resolve(CONFIG), config);
    } catch (IOException e) {
      run.withdraw(!there, e);
      throw e;
    }
    return run;
  }

  /**
   * Refuses a place where no new run can begin, before any work is done for it.
   *
   * @throws DataFormatException if it is a file or a folder that is not empty
   */
  public static void requireUnused(Path folder) throws IOException {
    if (Files.exists(folder)) {
      if (!Files.isDirectory(folder)) {
        throw DataFormatException.of(
            "KDATA-201", folder, "is a file, expected a folder for the run", "name another --out");
      }
      if (!isEmpty(folder)) {
        throw DataFormatException.of(
            "KDATA-202",
            folder,
            "already holds files; a run is never overwritten",
            "name another --out, or go on with --resume");
      }
    }
  }

  /** Whether a folder is there with nothing in it, or only what a killed start left behind. */
  public static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    AtomicFiles.removeLeftOvers(folder);
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  /**
   * A run that exists.
   *
   * @throws DataFormatException if the folder holds no run
   */
  public static RunFolder open(Path folder) throws IOException {
    if (!Files.isRegularFile(folder.resolve(CONFIG))) {
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
  void withdraw(boolean folderToo, Exception reason) {
    try {
      for (String name : new String[] {PROVENANCE, DatasetDescription.FILE_NAME, CONFIG}) {
        Files.deleteIfExists(folder.resolve(name));
      }
      if (folderToo) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /**
   * Makes this process the only one that trains the run, and removes what a killed one left.
   *
   * @throws DataFormatException if another process trains it now
   */
  Claim claim() throws IOException {
    Claim claim = Claim.of(folder);
    AtomicFiles.removeLeftOvers(folder);
    return claim;
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
    return Files.readString(folder.resolve(CONFIG), StandardCharsets.UTF_8);
  }

  /**
   * Every setting of the run, dotted key to its value as TOML has it.
   *
   * @throws ConfigException if the file is not TOML
   */
  public Map<String, String> settings() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    SettingSource.file(folder.resolve(CONFIG))
        .values()
        .forEach((key, value) -> settings.put(key, value.toml()));
    return settings;
  }

  /** Saves weights, optimiser and position. */
  public void save(Parameters parameters, Optimizer optimizer, Position position)
      throws IOException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>(Checkpoint.arrays(parameters));
    optimizer.state().forEach((name, tensor) -> arrays.put(name, Checkpoint.array(tensor)));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("kairos.format", FORMAT);
    metadata.put("kairos.stage", Integer.toString(position.stage()));
    metadata.put("kairos.step", Long.toString(position.step()));
    metadata.put("kairos.total", Long.toString(position.total()));
    metadata.put(UPDATES, Long.toString(optimizer.steps()));
    metadata.put("kairos.finished", Boolean.toString(position.finished()));
    metadata.put("kairos.config", Provenance.sha256(config().getBytes(StandardCharsets.UTF_8)));
    Path file = folder.resolve(CHECKPOINT);
    Safetensors.write(file, arrays, metadata);
    ObjectNode state = JSON.createObjectNode();
    state.put("format", FORMAT);
    state.put("stage", position.stage());
    state.put("step", position.step());
    state.put("total_steps", position.total());
    state.put("finished", position.finished());
    state.put("config_sha256", metadata.get("kairos.config"));
    state.put("file", CHECKPOINT);
    state.put("size", Files.size(file));
    state.put("sha256", Provenance.fingerprint(file));
    AtomicFiles.writeString(
        folder.resolve(STATE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(state));
  }

  /** The saved arrays with their position; empty if nothing was saved yet. */
  public Optional<Saved> saved() throws IOException {
    Path file = folder.resolve(CHECKPOINT);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    SafetensorsFile read = Safetensors.read(file);
    Position position = position(file, read.metadata());
    verify(file, position);
    long updates =
        read.metadata().containsKey(UPDATES)
            ? number(file, read.metadata(), UPDATES)
            : position.step();
    return Optional.of(new Saved(file, read.tensors(), position, updates));
  }

  /** How far the saved training has come, without reading its arrays. */
  public Position position() throws IOException {
    Path file = folder.resolve(CHECKPOINT);
    return Files.exists(file)
        ? position(file, Safetensors.readHeader(file).metadata())
        : Position.START;
  }

  private static Position position(Path file, Map<String, String> metadata) {
    return new Position(
        (int) number(file, metadata, "kairos.stage"),
        number(file, metadata, "kairos.step"),
        number(file, metadata, "kairos.total"),
        Boolean.parseBoolean(metadata.get("kairos.finished")));
  }

  private static long number(Path file, Map<String, String> metadata, String key) {
    String text = metadata.getOrDefault(key, "");
    if (!text.matches("\\d{1,18}")) {
      throw DataFormatException.of(
          "KDATA-204", file, "metadata " + key + ": expected a number, found \"" + text + "\"");
    }
    return Long.parseLong(text);
  }

  /**
   * Holds the checkpoint against {@code state.json}. A crash between the two leaves a state of an
   * earlier position, which says nothing about the newer checkpoint; one of the same position must
   * have its hash.
   */
  private void verify(Path checkpoint, Position position) throws IOException {
    Path file = folder.resolve(STATE);
    if (!Files.exists(file)) {
      return;
    }
    JsonNode state = state(file);
    boolean same =
        state.path("total_steps").asLong(-1) == position.total()
            && state.path("stage").asInt(-1) == position.stage();
    String expected = state.path("sha256").asText();
    if (same && !expected.equals(Provenance.fingerprint(checkpoint))) {
      throw DataFormatException.of(
          "KDATA-206",
          checkpoint,
          "SHA-256 differs from what " + STATE + " says: the file was damaged or changed",
          "restore the file from a copy; if it was changed on purpose, remove " + STATE);
    }
  }

  private static JsonNode state(Path file) throws IOException {
    JsonNode state = JSON.missingNode();
    String problem = "";
    if (!Files.isRegularFile(file)) {
      problem = ", but a folder";
    } else {
      try {
        state = JSON.readTree(Files.readAllBytes(file));
      } catch (JacksonException e) {
        problem = ": " + JsonProblem.words(e.getOriginalMessage());
      }
    }
    if (!state.isObject()) {
      throw DataFormatException.of(
          "KDATA-205",
          file,
          "is not a JSON object" + problem,
          "remove it to use " + CHECKPOINT + " unchecked");
    }
    return state;
  }

  /**
   * A saved state.
   *
   * @param file where it was read, for messages
   * @param arrays weights and optimiser by name
   * @param position how far the training had come
   * @param updates steps of the optimiser in the present stage, which may be fewer than those of
   *     the stage
   */
  public record Saved(Path file, Map<String, NpyArray> arrays, Position position, long updates) {
    /** Overwrites the weights. */
    public void restore(Parameters parameters) {
      Checkpoint.load(parameters, arrays, file);
    }

    /** Overwrites an optimiser. */
    public void restore(Optimizer optimizer) {
      for (Map.Entry<String, Tensor> entry : optimizer.state().entrySet()) {
        Checkpoint.load(entry.getValue(), entry.getKey(), arrays, file);
      }
      optimizer.resume(updates);
    }
  }
}
