// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.methods.data.Fingerprint;
import dev.kairos.methods.files.JsonProblem;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.run.RunFolder.Position;
import dev.kairos.nn.CheckpointSeal;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import dev.kairos.tensor.io.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The checkpoint of a run, and {@code state.json} that follows it. */
final class RunState {
  private static final JsonMapper JSON = new JsonMapper(Json.factory());
  private static final String FORMAT = "2";

  static final String FORMAT_KEY = "kairos.format";
  private static final String STAGE = "kairos.stage";
  private static final String STEP = "kairos.step";
  private static final String TOTAL = "kairos.total";
  private static final String FINISHED = "kairos.finished";
  private static final String CONFIG = "kairos.config";

  private final Path checkpoint;
  private final Path state;

  RunState(RunFolder folder) {
    this.checkpoint = folder.file(RunFolder.CHECKPOINT);
    this.state = folder.file(RunFolder.STATE);
  }

  void save(
      Map<String, NpyArray> arrays, Map<String, String> more, Position position, String configHash)
      throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(FORMAT_KEY, FORMAT);
    texts.put(STAGE, Integer.toString(position.stage()));
    texts.put(STEP, Long.toString(position.step()));
    texts.put(TOTAL, Long.toString(position.total()));
    texts.put(FINISHED, Boolean.toString(position.finished()));
    texts.put(CONFIG, configHash);
    texts.putAll(more);
    Safetensors.write(checkpoint, arrays, CheckpointSeal.seal(arrays, texts));
    follow(position, configHash);
  }

  private void follow(Position position, String configHash) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("stage", position.stage());
    json.put("step", position.step());
    json.put("total_steps", position.total());
    json.put("finished", position.finished());
    json.put("config_sha256", configHash);
    json.put("file", RunFolder.CHECKPOINT);
    json.put("size", Files.size(checkpoint));
    json.put("sha256", Fingerprint.of(checkpoint));
    AtomicFiles.writeString(state, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
  }

  Optional<RunFolder.Saved> saved() throws IOException {
    if (!Files.exists(checkpoint)) {
      return Optional.empty();
    }
    SafetensorsFile read = Safetensors.read(checkpoint);
    CheckpointSeal.check(checkpoint, read);
    Position position = position(read.metadata());
    verify(position);
    long updates =
        read.metadata().containsKey(RunFolder.Saved.UPDATES) // not in the first checkpoints
            ? number(read.metadata(), RunFolder.Saved.UPDATES, Long.MAX_VALUE)
            : position.step();
    return Optional.of(
        new RunFolder.Saved(checkpoint, read.tensors(), read.metadata(), position, updates));
  }

  Position position() throws IOException {
    return Files.exists(checkpoint)
        ? position(Safetensors.readHeader(checkpoint).metadata())
        : Position.START;
  }

  /** The hash of the configuration that the checkpoint was trained with. */
  Optional<String> configHash() throws IOException {
    return Files.exists(checkpoint)
        ? Optional.ofNullable(Safetensors.readHeader(checkpoint).metadata().get(CONFIG))
        : Optional.empty();
  }

  private Position position(Map<String, String> texts) {
    String finished = texts.getOrDefault(FINISHED, "");
    if (!finished.matches("true|false")) {
      throw bad(FINISHED, "true or false", finished);
    }
    return new Position(
        (int) number(texts, STAGE, Integer.MAX_VALUE),
        number(texts, STEP, Long.MAX_VALUE),
        number(texts, TOTAL, Long.MAX_VALUE),
        Boolean.parseBoolean(finished));
  }

  private long number(Map<String, String> texts, String key, long most) {
    String text = texts.getOrDefault(key, "");
    if (!text.matches("\\d{1,18}") || Long.parseLong(text) > most) {
      throw bad(key, most == Integer.MAX_VALUE ? "a small number" : "a number", text);
    }
    return Long.parseLong(text);
  }

  private DataFormatException bad(String key, String expected, String found) {
    return DataFormatException.of(
        "KDATA-204",
        checkpoint,
        "metadata " + key + ": expected " + expected + ", found \"" + Shown.of(found) + "\"");
  }

  /**
   * Holds the checkpoint against {@code state.json}. A crash between the two leaves a state of an
   * earlier position, which says nothing about the newer checkpoint; one of the same position must
   * have its hash.
   */
  private void verify(Position position) throws IOException {
    if (!Files.exists(state)) {
      return;
    }
    JsonNode json = read();
    String expected = json.path("sha256").asText();
    if (isOf(json, position) && !expected.equals(Fingerprint.of(checkpoint))) {
      throw DataFormatException.of(
          "KDATA-206",
          checkpoint,
          "SHA-256 differs from what " + RunFolder.STATE + " says: it was damaged or changed",
          "restore the file from a copy; if it was changed on purpose, move "
              + RunFolder.STATE
              + " elsewhere");
    }
  }

  /** Brings a {@code state.json} up to date that a crash kept from following the checkpoint. */
  void repair(Position position, String configHash) throws IOException {
    if (!Files.exists(state) || !isOf(read(), position)) {
      follow(position, configHash);
    }
  }

  private static boolean isOf(JsonNode json, Position position) {
    return json.path("stage").asLong(-1) == position.stage()
        && json.path("step").asLong(-1) == position.step()
        && json.path("total_steps").asLong(-1) == position.total()
        && json.path("finished").asBoolean() == position.finished();
  }

  private JsonNode read() throws IOException {
    JsonNode json = JSON.missingNode();
    String problem = "";
    if (!Files.isRegularFile(state)) {
      problem = ", but a folder";
    } else {
      try {
        json = JSON.readTree(Files.readAllBytes(state));
      } catch (JacksonException e) {
        problem = ": " + JsonProblem.words(e.getOriginalMessage());
      }
    }
    if (!json.isObject()) {
      throw DataFormatException.of(
          "KDATA-205",
          state,
          "is not a JSON object" + problem,
          "move it elsewhere: " + RunFolder.CHECKPOINT + " alone is enough to go on");
    }
    return json;
  }
}
