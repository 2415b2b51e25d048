// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.methods.evaluation.BoundaryErrors;
import dev.kairos.methods.files.JsonProblem;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.UserFile;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * The quality of pseudo labels as JSON: {@code selected}, {@code correct} and {@code total}
 * snippets, and the {@code precision} and {@code recall} they make. A total of 0 means that no
 * recording has annotated segments. {@code boundaries}, where it was measured, says how far runs of
 * labels begin and end from annotated actions on average, in seconds and positive where they are
 * late: see {@link Labelling#boundaries} and {@link BoundaryErrors#numbers}. Where the labels are
 * renewed in generations, also whence they come: {@code generation}, {@code maker}, {@code source}
 * and {@code step}, see {@link LabelOrigin}.
 */
public final class LabelQualityFile {
  /** The file's name in the folder of a stage. */
  public static final String NAME = "labels.json";

  private static final JsonMapper JSON = new JsonMapper(Json.factory());

  private LabelQualityFile() {}

  /** Writes it whole or not at all. */
  public static void write(Path file, LabelQuality quality) throws IOException {
    write(file, json(quality));
  }

  /** Writes it whole or not at all, with how far the boundaries of labels are off. */
  public static void write(Path file, LabelQuality quality, BoundaryErrors boundaries)
      throws IOException {
    ObjectNode json = json(quality);
    json.set("boundaries", JSON.valueToTree(boundaries.numbers()));
    write(file, json);
  }

  /** Writes it whole or not at all, with whence the labels come. */
  public static void write(Path file, LabelQuality quality, LabelOrigin origin) throws IOException {
    ObjectNode json = json(quality);
    json.put("generation", origin.generation());
    json.put("maker", origin.maker());
    json.put("source", origin.source());
    json.put("step", origin.step());
    write(file, json);
  }

  private static ObjectNode json(LabelQuality quality) {
    ObjectNode json = JSON.createObjectNode();
    json.put("selected", quality.selected());
    json.put("correct", quality.correct());
    json.put("total", quality.total());
    json.put("precision", quality.precision());
    json.put("recall", quality.recall());
    return json;
  }

  private static void write(Path file, ObjectNode json) throws IOException {
    AtomicFiles.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
  }

  /**
   * Reads how good they were.
   *
   * @throws DataFormatException KFMT-233 if it does not hold three counts that contain each other
   */
  public static LabelQuality read(Path file) throws IOException {
    return read(
        file,
        json ->
            new LabelQuality(
                count(file, json, "selected"),
                count(file, json, "correct"),
                count(file, json, "total")));
  }

  /**
   * Reads whence they come; empty if the file does not speak of a generation.
   *
   * @throws DataFormatException KFMT-233 if it does, and not in numbers and names
   */
  public static Optional<LabelOrigin> readOrigin(Path file) throws IOException {
    return read(
        file,
        json ->
            json.path("generation").isMissingNode()
                ? Optional.empty()
                : Optional.of(
                    new LabelOrigin(
                        Math.toIntExact(count(file, json, "generation")),
                        name(file, json, "maker"),
                        name(file, json, "source"),
                        count(file, json, "step"))));
  }

  private static <R> R read(Path file, Function<JsonNode, R> content) throws IOException {
    try (InputStream in = UserFile.open(file)) {
      return content.apply(JSON.readTree(in.readAllBytes()));
    } catch (JacksonException e) {
      throw DataFormatException.of(
          "KFMT-233", file, "is not JSON: " + JsonProblem.words(e.getOriginalMessage()));
    } catch (CharConversionException e) {
      throw DataFormatException.of(
          "KFMT-233", file, "is not JSON: " + JsonProblem.words(String.valueOf(e.getMessage())));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw DataFormatException.of("KFMT-233", file, String.valueOf(e.getMessage()));
    }
  }

  private static String name(Path file, JsonNode json, String key) {
    JsonNode value = json.path(key);
    if (!value.isTextual()) {
      throw DataFormatException.of(
          "KFMT-233", file, key + ": expected a name, found " + shown(value));
    }
    return value.textValue();
  }

  private static long count(Path file, JsonNode json, String key) {
    JsonNode value = json.path(key);
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw DataFormatException.of(
          "KFMT-233", file, key + ": expected a whole number, found " + shown(value));
    }
    return value.longValue();
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "none" : Shown.of(value.toString());
  }
}
