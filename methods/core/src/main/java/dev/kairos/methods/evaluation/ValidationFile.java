// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.methods.files.JsonProblem;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.UserFile;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code validation.json}: how a training scored on the recordings that it held out, fractions
 * instead of percent:
 *
 * <pre>{@code
 * {"protocol": P, "tiou": [..], "subset": WORDS, "recordings": [ID, ..],
 *  "evaluations": [{"stage": NAME, "step": N, "total": N, "average": X, "classification": X}, ..],
 *  "kept": {as one of them}, "ended_early": [STAGE, ..]}
 * }</pre>
 *
 * {@code step} counts steps of the stage, {@code total} those of all; {@code classification} is
 * left out where the model does not score recordings.
 */
public final class ValidationFile {
  /** The file's name in a run folder. */
  public static final String NAME = "validation.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private ValidationFile() {}

  /**
   * All of it.
   *
   * @param protocol how it was scored
   * @param tious thresholds
   * @param subset which recordings were held out, in words
   * @param recordings their names
   * @param evaluations in the order of the steps
   * @param kept the evaluation whose weights were kept, empty before the first
   * @param endedEarly the stages that ended before their last step
   */
  public record Content(
      Protocol protocol,
      List<Double> tious,
      String subset,
      List<String> recordings,
      List<Evaluation> evaluations,
      Optional<Evaluation> kept,
      List<String> endedEarly) {
    /** Copies the lists. */
    public Content {
      tious = List.copyOf(tious);
      recordings = List.copyOf(recordings);
      evaluations = List.copyOf(evaluations);
      endedEarly = List.copyOf(endedEarly);
    }
  }

  /**
   * One evaluation.
   *
   * @param stage the stage that was trained
   * @param step its steps that were done
   * @param total steps of all stages that were done
   * @param average mean mAP over the thresholds
   * @param classification how well the classes of recordings were told; NaN where the model does
   *     not say
   */
  public record Evaluation(
      String stage, long step, long total, double average, double classification) {}

  /** Writes it; the file is complete or as it was. */
  public static void write(Path file, Content content) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("protocol", content.protocol().word());
    ArrayNode tious = json.putArray("tiou");
    content.tious().forEach(tiou -> tious.add(Thresholds.written(tiou)));
    json.put("subset", content.subset());
    content.recordings().forEach(json.putArray("recordings")::add);
    ArrayNode evaluations = json.putArray("evaluations");
    content.evaluations().forEach(each -> put(evaluations.addObject(), each));
    content.kept().ifPresent(kept -> put(json.putObject("kept"), kept));
    content.endedEarly().forEach(json.putArray("ended_early")::add);
    AtomicFiles.writeString(
        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  private static void put(ObjectNode json, Evaluation evaluation) {
    json.put("stage", evaluation.stage());
    json.put("step", evaluation.step());
    json.put("total", evaluation.total());
    json.put("average", evaluation.average());
    if (Double.isFinite(evaluation.classification())) {
      json.put("classification", evaluation.classification());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws DataFormatException KFMT-215 if it is something else
   */
  public static Content read(Path file) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(UserFile.readString(file));
    } catch (JsonProcessingException e) {
      throw other(file, "is not JSON: " + JsonProblem.words(e.getOriginalMessage()));
    }
    JsonNode protocol = json.path("protocol");
    List<Evaluation> evaluations = new ArrayList<>();
    for (JsonNode each : list(file, json, "evaluations")) {
      evaluations.add(evaluation(file, each));
    }
    List<Double> tious = new ArrayList<>();
    for (JsonNode each : list(file, json, "tiou")) {
      tious.add(number(file, "tiou", each));
    }
    return new Content(
        Protocol.named(protocol.asText())
            .orElseThrow(() -> other(file, "protocol: found " + Shown.of(protocol.toString()))),
        tious,
        json.path("subset").asText(),
        texts(file, json, "recordings"),
        evaluations,
        json.has("kept") ? Optional.of(evaluation(file, json.get("kept"))) : Optional.empty(),
        texts(file, json, "ended_early"));
  }

  private static JsonNode list(Path file, JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isArray()) {
      throw other(file, name + ": expected a list, found " + Shown.of(value.toString()));
    }
    return value;
  }

  private static List<String> texts(Path file, JsonNode json, String name) {
    List<String> texts = new ArrayList<>();
    list(file, json, name).forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static Evaluation evaluation(Path file, JsonNode json) {
    return new Evaluation(
        json.path("stage").asText(),
        (long) number(file, "step", json.path("step")),
        (long) number(file, "total", json.path("total")),
        number(file, "average", json.path("average")),
        json.has("classification")
            ? number(file, "classification", json.path("classification"))
            : Double.NaN);
  }

  private static double number(Path file, String name, JsonNode value) {
    if (!value.isNumber()) {
      throw other(file, name + ": expected a number, found " + Shown.of(value.toString()));
    }
    return value.doubleValue();
  }

  private static DataFormatException other(Path file, String problem) {
    return DataFormatException.of(
        "KFMT-215", file, problem, "go on with kairos train --resume, which writes it again");
  }
}
