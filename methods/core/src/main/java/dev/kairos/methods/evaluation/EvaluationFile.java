// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kairos.methods.files.JsonProblem;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.UserFile;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores as a file, fractions instead of percent:
 *
 * <pre>{@code
 * {"protocol": P, "subset": NAME, "weights": WORDS, "tiou": [..], "map": [..], "average": X,
 *  "per_class": {LABEL: [..], ..}, "videos": N, "detections": N, "averages": {"0.1:0.5": X, ..},
 *  "boundaries": {"matched": N, "missed": N, "start": X, "end": X, ..}}
 * }</pre>
 *
 * {@code subset} says which recordings were scored and {@code weights} which weights of a run found
 * the detections; either is left out where nobody says.
 *
 * <p>{@code averages} has those of the usual ranges at whose ends there are thresholds, and is left
 * out where there are none.
 *
 * <p>{@code boundaries}, where it was measured, says how far right detections begin and end from
 * the annotated actions on average, in seconds and positive where they are late: see {@link
 * BoundaryErrors#numbers}.
 *
 * <p>Scores are written so that they read back to the same bits, thresholds as people write them:
 * 0.3, not 0.30000000000000004.
 */
public final class EvaluationFile {
  private static final long LARGEST_FILE = 1 << 26;
  private static final JsonMapper JSON =
      JsonMapper.builder(Json.factory())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private EvaluationFile() {}

  /**
   * Of what scores are.
   *
   * @param subset the recordings that were scored; empty where nobody says
   * @param weights which weights of the run found the detections, see {@code
   *     training.Experiment#weights}; empty where nobody says
   */
  public record About(String subset, String weights) {
    /** Nobody says. */
    public static final About NOTHING = new About("", "");

    /** Protocol, subset and weights in words, for a table or a page. */
    public String words(Protocol protocol) {
      return "protocol "
          + protocol.word()
          + (subset.isEmpty() ? "" : ", subset " + subset)
          + (weights.isEmpty() ? "" : ", weights " + weights);
    }
  }

  /**
   * Scores as they were kept.
   *
   * @param about of what they are
   * @param protocol how it was scored; files that do not say so are of the ActivityNet evaluation
   * @param tious thresholds
   * @param map mean over classes at each threshold
   * @param average mean of {@code map}
   * @param perClass label to average precision at each threshold, in the order of the file
   * @param recordings annotated recordings
   * @param detections detections that were scored
   */
  public record Content(
      About about,
      Protocol protocol,
      List<Double> tious,
      List<Double> map,
      double average,
      Map<String, List<Double>> perClass,
      int recordings,
      int detections) {
    /** Keeps the lists from change. */
    public Content {
      tious = List.copyOf(tious);
      map = List.copyOf(map);
      perClass = Collections.unmodifiableMap(new LinkedHashMap<>(perClass));
    }
  }

  /** An evaluation as one line of JSON, of which nobody says what it is of. */
  public static String toJson(EvaluationResult result) {
    return toJson(result, About.NOTHING);
  }

  /** An evaluation as one line of JSON. */
  public static String toJson(EvaluationResult result, About about) {
    return toJson(result, about, Map.of());
  }

  /** The same, and how far the boundaries of right detections are off. */
  public static String toJson(EvaluationResult result, About about, BoundaryErrors boundaries) {
    return toJson(result, about, boundaries.numbers());
  }

  private static String toJson(
      EvaluationResult result, About about, Map<String, Number> boundaries) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.getFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("protocol", result.protocol().word());
      if (!about.subset().isEmpty()) {
        json.writeStringField("subset", about.subset());
      }
      if (!about.weights().isEmpty()) {
        json.writeStringField("weights", about.weights());
      }
      json.writeArrayFieldStart("tiou");
      for (double tiou : result.tious()) {
        json.writeNumber(Thresholds.written(tiou));
      }
      json.writeEndArray();
      numbers(json, "map", result.map());
      json.writeNumberField("average", result.average());
      json.writeObjectFieldStart("per_class");
      for (String label : result.classes()) {
        numbers(json, label, result.ap(label));
      }
      json.writeEndObject();
      json.writeNumberField("videos", result.counts().recordings());
      json.writeNumberField("detections", result.counts().detections());
      if (!result.averages().isEmpty()) {
        json.writeObjectFieldStart("averages");
        for (Map.Entry<String, Double> each : result.averages().entrySet()) {
          json.writeNumberField(each.getKey(), each.getValue());
        }
        json.writeEndObject();
      }
      if (!boundaries.isEmpty()) {
        json.writePOJOField("boundaries", boundaries);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void numbers(JsonGenerator json, String name, double[] values) throws IOException {
    json.writeFieldName(name);
    json.writeArray(values, 0, values.length);
  }

  /** Writes an evaluation; the file is complete or not there. */
  public static void write(Path file, EvaluationResult result, About about) throws IOException {
    AtomicFiles.writeString(file, toJson(result, about) + "\n");
  }

  /** Writes an evaluation, and how far the boundaries of right detections are off. */
  public static void write(
      Path file, EvaluationResult result, About about, BoundaryErrors boundaries)
      throws IOException {
    AtomicFiles.writeString(file, toJson(result, about, boundaries) + "\n");
  }

  /**
   * Reads an evaluation.
   *
   * @throws DataFormatException KFMT-211 if it is not JSON; KFMT-212 if a key is missing or holds
   *     something else; KFMT-213 if a list has another length than the thresholds; KFMT-214 if a
   *     number lies outside [0, 1]
   * @throws IOException if the file cannot be read
   */
  public static Content read(Path file) throws IOException {
    JsonNode json;
    try (InputStream in = UserFile.open(file)) {
      if (Files.size(file) > LARGEST_FILE) {
        throw DataFormatException.of(
            "KFMT-211", file, Files.size(file) + " bytes are no evaluation (at most 64 MB)");
      }
      json = JSON.readTree(in.readAllBytes());
    } catch (JsonProcessingException e) {
      String problem = JsonProblem.words(e.getOriginalMessage());
      throw DataFormatException.of("KFMT-211", file, "not JSON: " + problem);
    } catch (CharConversionException e) {
      throw DataFormatException.of("KFMT-211", file, "not JSON: " + e.getMessage());
    }
    List<Double> tious = fractions(file, "tiou", field(file, json, "tiou"), -1);
    int count = tious.size();
    if (count == 0) {
      throw DataFormatException.of("KFMT-213", file, "tiou: expected a threshold, found none");
    }
    JsonNode classes = field(file, json, "per_class");
    if (!classes.isObject()) {
      throw other(file, "per_class", "an object", classes);
    }
    Map<String, List<Double>> perClass = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : classes.properties()) {
      String name = "per_class \"" + Shown.of(entry.getKey()) + "\"";
      perClass.put(entry.getKey(), fractions(file, name, entry.getValue(), count));
    }
    return new Content(
        new About(json.path("subset").asText(), json.path("weights").asText()),
        protocol(file, json),
        tious,
        fractions(file, "map", field(file, json, "map"), count),
        fraction(file, "average", field(file, json, "average")),
        perClass,
        number(file, json, "videos"),
        number(file, json, "detections"));
  }

  private static Protocol protocol(Path file, JsonNode json) {
    JsonNode value = json.get("protocol");
    if (value == null) {
      return Protocol.ACTIVITYNET;
    }
    return Protocol.named(value.asText())
        .orElseThrow(() -> other(file, "protocol", "a protocol of evaluation", value));
  }

  private static JsonNode field(Path file, JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null) {
      throw DataFormatException.of("KFMT-212", file, "not an evaluation: " + name + " is missing");
    }
    return value;
  }

  private static List<Double> fractions(Path file, String name, JsonNode list, int count) {
    if (!list.isArray()) {
      throw other(file, name, "a list", list);
    }
    if (count >= 0 && list.size() != count) {
      throw DataFormatException.of(
          "KFMT-213",
          file,
          name
              + (": expected " + Plural.of(count, "value"))
              + (", one for each tiou, found " + list.size()));
    }
    List<Double> values = new ArrayList<>();
    for (JsonNode value : list) {
      values.add(fraction(file, name, value));
    }
    return values;
  }

  private static double fraction(Path file, String name, JsonNode value) {
    if (!value.isNumber()) {
      throw other(file, name, "a number", value);
    }
    double fraction = value.doubleValue();
    if (!(fraction >= 0 && fraction <= 1)) {
      throw DataFormatException.of(
          "KFMT-214",
          file,
          name + ": expected a fraction in [0, 1], found " + Shown.of(value.toString()));
    }
    return fraction;
  }

  private static int number(Path file, JsonNode json, String name) {
    JsonNode value = field(file, json, name);
    if (!value.isInt() || value.intValue() < 0) {
      throw other(file, name, "a whole number of at least 0", value);
    }
    return value.intValue();
  }

  private static DataFormatException other(
      Path file, String name, String expected, JsonNode found) {
    return DataFormatException.of(
        "KFMT-212",
        file,
        name + ": expected " + expected + ", found " + Shown.of(found.toString()));
  }
}
