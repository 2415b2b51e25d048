// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.kairos.methods.files.JsonProblem;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.UserFile;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Instances of one class as a file: {@code [{"start": S, "end": E, "score": Q}, ..]}, in snippets,
 * the end exclusive. {@code "weight": W} may stand beside them: the inner mean, which weights an
 * instance in a fusion; without it that is the score. Other keys are passed over.
 */
public final class InstanceFile {
  private static final int DEEPEST = 64;
  private static final double LARGEST = 1e9;
  private static final JsonFactory JSON =
      Json.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private final Path file;
  private final JsonParser json;
  private int index = -1;

  private InstanceFile(Path file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  /**
   * Reads instances in the order of the file, all with class index 0.
   *
   * @param file the file
   * @param length number of snippets of the recording; every instance has to start inside
   * @throws DataFormatException KFMT-221 if it is not JSON; KFMT-222 if the structure is another or
   *     a key is missing; KFMT-223 if a number is none or not finite; KFMT-224 if an instance ends
   *     before it starts or starts outside the recording
   * @throws IOException if the file cannot be read
   */
  public static List<Proposal> read(Path file, int length) throws IOException {
    try (InputStream in = UserFile.open(file);
        JsonParser json = JSON.createParser(in)) {
      InstanceFile reader = new InstanceFile(file, json);
      try {
        return reader.document(length);
      } catch (JsonProcessingException e) {
        throw reader.notJson(e.getOriginalMessage(), e);
      } catch (CharConversionException e) {
        throw reader.notJson(String.valueOf(e.getMessage()), e);
      }
    }
  }

  private List<Proposal> document(int length) throws IOException {
    List<Proposal> instances = new ArrayList<>();
    json.nextToken();
    expect(JsonToken.START_ARRAY, "an array of instances");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      index = instances.size();
      instances.add(instance(length));
    }
    index = -1;
    if (json.nextToken() != null) {
      throw error("KFMT-222", "found more after the end of the document");
    }
    return instances;
  }

  private Proposal instance(int length) throws IOException {
    double start = Double.NaN;
    double end = Double.NaN;
    double score = Double.NaN;
    double weight = Double.NaN;
    expect(JsonToken.START_OBJECT, "an object with start, end and score");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "start" -> start = number(key);
        case "end" -> end = number(key);
        case "score" -> score = number(key);
        case "weight" -> weight = number(key);
        default -> json.skipChildren();
      }
    }
    if (Double.isNaN(start + end + score)) {
      String missing = Double.isNaN(start) ? "start" : Double.isNaN(end) ? "end" : "score";
      throw error("KFMT-222", "expected key \"" + missing + "\", found none");
    }
    if (start < 0 || start >= length || end < start) {
      throw error(
          "KFMT-224",
          "expected 0 <= start <= end and start < " + length + ", found " + start + " to " + end);
    }
    return new Proposal(0, start, end, score, Double.isNaN(weight) ? score : weight);
  }

  private double number(String key) throws IOException {
    JsonToken token = json.currentToken();
    boolean numeric = token != null && token.isNumeric();
    double value = numeric ? json.getDoubleValue() : Double.NaN;
    if (!(Math.abs(value) <= LARGEST)) {
      String found = token == null ? "the end of the file" : Shown.of(json.getText());
      throw error(
          "KFMT-223", "expected \"" + key + "\" to be a number within 1e9 of 0, found " + found);
    }
    return value;
  }

  private void expect(JsonToken token, String what) throws IOException {
    if (json.currentToken() != token) {
      String found = json.currentToken() == null ? "the end of the file" : Shown.of(json.getText());
      throw error("KFMT-222", "expected " + what + ", found " + found);
    }
  }

  private DataFormatException error(String code, String problem) {
    String place = index < 0 ? "" : "instance " + index + ": ";
    return DataFormatException.of(code, file, place + problem);
  }

  private DataFormatException notJson(String problem, IOException cause) {
    String line = "line " + json.currentLocation().getLineNr() + ": ";
    return DataFormatException.of("KFMT-221", file, line + JsonProblem.words(problem), cause);
  }
}
