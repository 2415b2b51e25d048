// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.methods.files.JsonProblem;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.UserFile;
import dev.kairos.methods.report.PseudoActionHistory.Errors;
import dev.kairos.methods.report.PseudoActionHistory.Found;
import dev.kairos.methods.report.PseudoActionHistory.Look;
import dev.kairos.methods.report.PseudoActionHistory.MarkedMoment;
import dev.kairos.methods.report.PseudoActionHistory.MarkedRecording;
import dev.kairos.methods.report.PseudoActionHistory.Precision;
import dev.kairos.methods.report.PseudoActionHistory.Quality;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PseudoActionHistory} as JSON in the folder of a stage: {@code pointSource}, {@code
 * recordings} and {@code looks}, keys as the parts are called, segments as {@code [start, end]} in
 * seconds; {@code quality} only where it was measured, an error {@code null} where nothing was
 * compared.
 */
public final class PseudoActionHistoryFile {
  /** The file's name in the folder of a stage. */
  public static final String NAME = "pseudo-actions.json";

  private static final JsonMapper JSON =
      JsonMapper.builder(Json.factory())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PseudoActionHistoryFile() {}

  /** Writes it whole or not at all. */
  public static void write(Path file, PseudoActionHistory history) throws IOException {
    AtomicFiles.writeString(file, text(history) + "\n");
  }

  /** A history as JSON text. */
  public static String text(PseudoActionHistory history) {
    ObjectNode root = JSON.createObjectNode().put("pointSource", history.pointSource());
    ArrayNode recordings = root.putArray("recordings");
    for (MarkedRecording recording : history.recordings()) {
      ObjectNode node = recordings.addObject();
      node.put("id", recording.id()).put("duration", recording.duration());
      ArrayNode points = node.putArray("points");
      for (MarkedMoment point : recording.points()) {
        ObjectNode one = points.addObject().put("seconds", point.seconds());
        point.labels().forEach(one.putArray("labels")::add);
      }
      ArrayNode truth = node.putArray("truth");
      for (ActionInstance action : recording.truth()) {
        add(truth.addObject().put("label", action.label()).putArray("segment"), action.segment());
      }
    }
    ArrayNode looks = root.putArray("looks");
    for (Look look : history.looks()) {
      ObjectNode node = looks.addObject().put("epoch", look.epoch()).put("step", look.step());
      ArrayNode all = node.putArray("found");
      for (Found found : look.found()) {
        ObjectNode one = all.addObject();
        segments(one.putArray("actions"), found.actions());
        found.divisions().forEach(one.putArray("divisions")::add);
        segments(one.putArray("background"), found.background());
      }
      Quality quality = look.quality();
      if (quality != null) {
        quality(node.putObject("quality"), quality);
      }
    }
    return root.toPrettyString();
  }

  private static void quality(ObjectNode node, Quality quality) {
    precision(node.putObject("low"), quality.low());
    precision(node.putObject("high"), quality.high());
    node.put("compared", quality.compared()).put("missed", quality.missed());
    errors(node.putObject("starts"), quality.starts());
    errors(node.putObject("ends"), quality.ends());
  }

  private static void precision(ObjectNode node, Precision precision) {
    precision.tious().forEach(node.putArray("tious")::add);
    precision.map().forEach(node.putArray("map")::add);
  }

  private static void errors(ObjectNode node, Errors errors) {
    node.put("mean", known(errors.mean())).put("meanAbsolute", known(errors.meanAbsolute()));
  }

  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static void segments(ArrayNode list, List<Segment> segments) {
    segments.forEach(segment -> add(list.addArray(), segment));
  }

  private static void add(ArrayNode pair, Segment segment) {
    pair.add(segment.start()).add(segment.end());
  }

  /**
   * What a run's finished stages left; {@link PseudoActionHistory#NONE} if none left any.
   *
   * @throws DataFormatException KFMT-235 if the file is damaged
   */
  public static PseudoActionHistory of(RunFolder run) throws IOException {
    for (StageFolder stage : StageFolder.finished(run).values()) {
      Path file = stage.file(NAME);
      if (Files.exists(file)) {
        return read(file);
      }
    }
    return PseudoActionHistory.NONE;
  }

  /**
   * What a file holds.
   *
   * @throws DataFormatException KFMT-235 if it is damaged
   */
  public static PseudoActionHistory read(Path file) throws IOException {
    try {
      return read(UserFile.readString(file));
    } catch (IllegalArgumentException e) {
      throw DataFormatException.of(
          "KFMT-235",
          file,
          "is no history of pseudo actions: " + e.getMessage(),
          "take the file away: the run's page is then made without it");
    }
  }

  /**
   * A history of JSON text.
   *
   * @throws IllegalArgumentException naming what is missing or wrong
   */
  public static PseudoActionHistory read(String text) {
    try {
      Part root = new Part("", JSON.readTree(text));
      return new PseudoActionHistory(
          root.get("pointSource").text(),
          root.get("recordings").all(PseudoActionHistoryFile::recording),
          root.get("looks").all(PseudoActionHistoryFile::look));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(JsonProblem.words(e.getOriginalMessage()), e);
    }
  }

  private static MarkedRecording recording(Part part) {
    return new MarkedRecording(
        part.get("id").text(),
        part.get("duration").number(),
        part.get("points")
            .all(
                point ->
                    new MarkedMoment(
                        point.get("seconds").number(), point.get("labels").all(Part::text))),
        part.get("truth")
            .all(
                action ->
                    new ActionInstance(
                        action.get("label").text(), action.get("segment").segment())));
  }

  private static Look look(Part part) {
    return new Look(
        part.get("epoch").count(),
        part.get("step").count(),
        part.get("found").all(PseudoActionHistoryFile::found),
        part.has("quality") ? quality(part.get("quality")) : null);
  }

  private static Found found(Part part) {
    return new Found(
        part.get("actions").all(Part::segment),
        part.get("divisions").all(Part::number),
        part.get("background").all(Part::segment));
  }

  private static Quality quality(Part part) {
    return new Quality(
        precision(part.get("low")),
        precision(part.get("high")),
        part.get("compared").count(),
        part.get("missed").count(),
        errors(part.get("starts")),
        errors(part.get("ends")));
  }

  private static Precision precision(Part part) {
    return new Precision(part.get("tious").all(Part::number), part.get("map").all(Part::number));
  }

  private static Errors errors(Part part) {
    return new Errors(part.get("mean").numberOrNaN(), part.get("meanAbsolute").numberOrNaN());
  }

  /**
   * A value and where it stands, so that a message can name it. Nothing that is missing or of
   * another kind is taken for a zero.
   *
   * @param place path of keys and numbers from the root
   */
  private record Part(String place, JsonNode node) {
    Part get(String key) {
      if (!has(key)) {
        throw wrong("an object with " + key);
      }
      return new Part(place + "/" + key, node.get(key));
    }

    boolean has(String key) {
      return node.has(key);
    }

    <T> List<T> all(Function<Part, T> read) {
      if (!node.isArray()) {
        throw wrong("an array");
      }
      List<T> values = new ArrayList<>();
      for (JsonNode each : node) {
        values.add(read.apply(new Part(place + "/" + values.size(), each)));
      }
      return values;
    }

    String text() {
      if (!node.isTextual()) {
        throw wrong("a text");
      }
      return node.textValue();
    }

    double number() {
      if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
        throw wrong("a finite number");
      }
      return node.doubleValue();
    }

    double numberOrNaN() {
      return node.isNull() ? Double.NaN : number();
    }

    long count() {
      if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
        throw wrong("a whole number from 0 on");
      }
      return node.longValue();
    }

    Segment segment() {
      List<Double> ends = all(Part::number);
      if (ends.size() != 2 || ends.get(0) > ends.get(1)) {
        throw wrong("[start, end] in seconds");
      }
      return new Segment(ends.get(0), ends.get(1));
    }

    private IllegalArgumentException wrong(String expected) {
      String where = place.isEmpty() ? "the file" : Shown.of(place);
      return new IllegalArgumentException(
          where + ": expected " + expected + ", found " + Shown.of(node.toString()));
    }
  }
}
