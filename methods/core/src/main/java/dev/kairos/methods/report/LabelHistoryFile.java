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

  private static final JsonMapper JSON = new JsonMapper();

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
      for (JsonNode recording : root.path("recordings")) {
        List<Lane> lanes = new ArrayList<>();
        recording.path("classes").forEach(lane -> lanes.add(lane(lane)));
        recordings.add(
            new LabelledRecording(
                recording.path("id").asText(), recording.path("duration").doubleValue(), lanes));
      }
      return new LabelHistory(generations(root.path("generations")), recordings);
    } catch (JacksonException | IllegalArgumentException e) {
      throw DataFormatException.of("KFMT-234", file, "is no history of labels", e);
    }
  }

  /**
   * Generations of JSON text.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  public static List<Generation> read(String text) {
    try {
      return generations(JSON.readTree(text));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("generations of labels: no JSON", e);
    }
  }

  private static List<Generation> generations(JsonNode list) {
    List<Generation> generations = new ArrayList<>();
    for (JsonNode node : list) {
      generations.add(
          new Generation(
              node.path("number").intValue(),
              node.path("step").longValue(),
              node.path("sum").doubleValue(),
              node.path("change").doubleValue(),
              node.path("ownClasses").doubleValue(),
              node.path("precision").doubleValue(),
              node.path("recall").doubleValue(),
              node.path("programs").intValue(),
              node.path("contradictions").intValue(),
              node.path("largestResidual").doubleValue()));
    }
    return generations;
  }

  private static Lane lane(JsonNode node) {
    String name = node.path("name").asText();
    return new Lane(
        name,
        segments(node.path("truth")),
        curve(name, node.path("cas")),
        segments(node.path("candidates")),
        segments(node.path("fused")),
        curve(name, node.path("label")),
        curve(name, node.path("change")));
  }

  private static List<Segment> segments(JsonNode list) {
    List<Segment> segments = new ArrayList<>();
    list.forEach(s -> segments.add(new Segment(s.path(0).doubleValue(), s.path(1).doubleValue())));
    return segments;
  }

  private static Activation curve(String name, JsonNode node) {
    List<Float> values = new ArrayList<>();
    node.path("values").forEach(value -> values.add(value.floatValue()));
    return new Activation(name, node.path("step").doubleValue(), values);
  }
}
