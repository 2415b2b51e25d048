// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.methods.files.UserFile;
import dev.kairos.methods.report.LabelHistory.Generation;
import dev.kairos.methods.report.LabelHistory.LabelledRecording;
import dev.kairos.methods.report.LabelHistory.Lane;
import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link LabelHistory} as JSON in the folder of a stage: {@code generations} and {@code
 * recordings}, keys as the parts are called, segments as {@code [start, end]} in seconds, curves as
 * {@code {step, values}}.
 */
public final class LabelHistoryFile {
  /** The file's name in the folder of a stage. */
  public static final String NAME = "generations.json";

  private static final JsonMapper JSON = new JsonMapper(Json.factory());

  private LabelHistoryFile() {}

  /** Writes it whole or not at all. */
  public static void write(Path file, LabelHistory history) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.set("generations", generations(history.generations()));
    ArrayNode recordings = root.putArray("recordings");
    for (LabelledRecording recording : history.recordings()) {
      ObjectNode node = recordings.addObject();
      node.put("id", recording.id());
      node.put("duration", recording.duration());
      ArrayNode lanes = node.putArray("classes");
      for (Lane lane : recording.classes()) {
        ObjectNode one = lanes.addObject();
        one.put("name", lane.name());
        segments(one.putArray("truth"), lane.truth());
        curve(one.putObject("cas"), lane.cas());
        segments(one.putArray("candidates"), lane.candidates());
        segments(one.putArray("fused"), lane.fused());
        curve(one.putObject("label"), lane.label());
        curve(one.putObject("change"), lane.change());
      }
    }
    AtomicFiles.writeString(file, root.toPrettyString() + "\n");
  }

  /** Generations as JSON text. */
  public static String text(List<Generation> generations) {
    return generations(generations).toPrettyString();
  }

  private static ArrayNode generations(List<Generation> generations) {
    ArrayNode list = JSON.createArrayNode();
    for (Generation g : generations) {
      list.addObject()
          .put("number", g.number())
          .put("step", g.step())
          .put("sum", g.sum())
          .put("change", g.change())
          .put("ownClasses", g.ownClasses())
          .put("precision", g.precision())
          .put("recall", g.recall())
          .put("programs", g.programs())
          .put("contradictions", g.contradictions())
          .put("largestResidual", g.largestResidual());
    }
    return list;
  }

  private static void segments(ArrayNode list, List<Segment> segments) {
    segments.forEach(segment -> list.addArray().add(segment.start()).add(segment.end()));
  }

  private static void curve(ObjectNode node, Activation curve) {
    node.put("step", curve.secondsPerSnippet());
    ArrayNode values = node.putArray("values");
    curve.values().forEach(values::add);
  }

  /**
   * What a run's finished stages left; {@link LabelHistory#NONE} if none left any.
   *
   * @throws DataFormatException KFMT-234 if the file is damaged
   */
  public static LabelHistory of(RunFolder run) throws IOException {
    for (StageFolder stage : StageFolder.finished(run).values()) {
      Path file = stage.file(NAME);
      if (Files.exists(file)) {
        return read(file);
      }
    }
    return LabelHistory.NONE;
  }

  static LabelHistory read(Path file) throws IOException {
    try {
      JsonNode root = JSON.readTree(UserFile.readString(file));
      List<LabelledRecording> recordings = new ArrayList<>();
      for (JsonNode recording : list(root, "recordings")) {
        List<Lane> lanes = new ArrayList<>();
        list(recording, "classes").forEach(lane -> lanes.add(lane(lane)));
        recordings.add(
            new LabelledRecording(text(recording, "id"), number(recording, "duration"), lanes));
      }
      return new LabelHistory(generations(list(root, "generations")), recordings);
    } catch (JacksonException | IllegalArgumentException e) {
      throw DataFormatException.of("KFMT-234", file, "is no history of labels", e);
    }
  }

  /**
   * Generations of JSON text.
   *
   * @throws IllegalArgumentException if it is no JSON, or a number is missing
   */
  public static List<Generation> read(String text) {
    try {
      return generations(requireList(JSON.readTree(text), "generations"));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("generations of labels: no JSON", e);
    }
  }

  private static List<Generation> generations(JsonNode list) {
    List<Generation> generations = new ArrayList<>();
    for (JsonNode node : list) {
      generations.add(
          new Generation(
              count(node, "number"),
              whole(node, "step"),
              number(node, "sum"),
              number(node, "change"),
              number(node, "ownClasses"),
              number(node, "precision"),
              number(node, "recall"),
              count(node, "programs"),
              count(node, "contradictions"),
              number(node, "largestResidual")));
    }
    return generations;
  }

  private static Lane lane(JsonNode node) {
    String name = text(node, "name");
    return new Lane(
        name,
        segments(list(node, "truth")),
        curve(name, node.path("cas")),
        segments(list(node, "candidates")),
        segments(list(node, "fused")),
        curve(name, node.path("label")),
        curve(name, node.path("change")));
  }

  private static List<Segment> segments(JsonNode list) {
    List<Segment> segments = new ArrayList<>();
    for (JsonNode ends : list) {
      segments.add(
          new Segment(finite(ends.path(0), "a segment"), finite(ends.path(1), "a segment")));
    }
    return segments;
  }

  private static Activation curve(String name, JsonNode node) {
    List<Float> values = new ArrayList<>();
    list(node, "values").forEach(value -> values.add((float) finite(value, "values")));
    return new Activation(name, number(node, "step"), values);
  }

  private static JsonNode list(JsonNode node, String key) {
    return requireList(node.path(key), key);
  }

  private static JsonNode requireList(JsonNode node, String key) {
    if (!node.isArray()) {
      throw new IllegalArgumentException(key + " must be a list");
    }
    return node;
  }

  private static String text(JsonNode node, String key) {
    if (!node.path(key).isTextual()) {
      throw new IllegalArgumentException(key + " must be text");
    }
    return node.path(key).textValue();
  }

  private static double number(JsonNode node, String key) {
    return finite(node.path(key), key);
  }

  private static double finite(JsonNode value, String key) {
    if (!value.isNumber() || !Float.isFinite(value.floatValue())) {
      throw new IllegalArgumentException(key + " must be a finite number");
    }
    return value.doubleValue();
  }

  private static int count(JsonNode node, String key) {
    long value = whole(node, key);
    if (value != (int) value) {
      throw new IllegalArgumentException(key + " must fit 32 bits");
    }
    return (int) value;
  }

  private static long whole(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException(key + " must be a whole number");
    }
    return value.longValue();
  }
}
