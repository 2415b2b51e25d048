// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.methods.data.JsonProblem;
import dev.kairos.methods.data.UserFile;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * How good pseudo labels were, as JSON: {@code selected}, {@code correct} and {@code total}
 * snippets, and the {@code precision} and {@code recall} they make. A total of 0 means that no
 * recording has annotated segments.
 */
public final class LabelQualityFile {
  /** The file's name in the folder of a training. */
  public static final String NAME = "labels.json";

  private static final JsonMapper JSON = new JsonMapper();

  private LabelQualityFile() {}

  /** Writes it whole or not at all. */
  public static void write(Path file, LabelQuality quality) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("selected", quality.selected());
    json.put("correct", quality.correct());
    json.put("total", quality.total());
    json.put("precision", quality.precision());
    json.put("recall", quality.recall());
    AtomicFiles.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
  }

  /**
   * Reads it.
   *
   * @throws DataFormatException if it does not hold three counts that contain each other
   */
  public static LabelQuality read(Path file) throws IOException {
    try (InputStream in = UserFile.open(file)) {
      JsonNode json = JSON.readTree(in.readAllBytes());
      return new LabelQuality(
          count(file, json, "selected"), count(file, json, "correct"), count(file, json, "total"));
    } catch (JacksonException e) {
      throw DataFormatException.of(
          "KFMT-233", file, "is not JSON: " + JsonProblem.words(e.getOriginalMessage()));
    } catch (IllegalArgumentException e) {
      throw DataFormatException.of("KFMT-233", file, String.valueOf(e.getMessage()));
    }
  }

  private static long count(Path file, JsonNode json, String key) {
    JsonNode value = json.path(key);
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw DataFormatException.of(
          "KFMT-233", file, key + ": expected a whole number, found " + value);
    }
    return value.longValue();
  }
}
