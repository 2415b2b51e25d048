// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.kairos.methods.files.JsonProblem;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one {@link DetectionFile} token by token; knows the place for messages. */
final class DetectionReader {
  private final Path file;
  private final JsonParser json;
  private @Nullable String recording;
  private int index;

  DetectionReader(Path file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  Map<String, List<Detection>> read() throws IOException {
    try (json) {
      return document();
    } catch (JsonProcessingException e) {
      throw notJson(e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw notJson(String.valueOf(e.getMessage()), e);
    }
  }

  private Map<String, List<Detection>> document() throws IOException {
    Map<String, List<Detection>> results = null;
    json.nextToken();
    expect(JsonToken.START_OBJECT, "an object with \"results\"");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isResults = json.currentName().equals("results");
      json.nextToken();
      if (isResults) {
        results = results();
      } else {
        json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw error("KFMT-202", "found more after the end of the document");
    }
    if (results == null) {
      throw error("KFMT-203", "expected key \"results\", found none");
    }
    return results;
  }

  private Map<String, List<Detection>> results() throws IOException {
    Map<String, List<Detection>> results = new LinkedHashMap<>();
    expect(JsonToken.START_OBJECT, "\"results\" to be an object of recordings");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String id = json.currentName();
      recording = id;
      index = -1;
      json.nextToken();
      results.put(id, detections());
      recording = null;
    }
    return results;
  }

  private List<Detection> detections() throws IOException {
    List<Detection> list = new ArrayList<>();
    expect(JsonToken.START_ARRAY, "an array of detections");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      index = list.size();
      list.add(detection());
    }
    return list;
  }

  private Detection detection() throws IOException {
    String label = null;
    Segment segment = null;
    double score = Double.NaN;
    expect(JsonToken.START_OBJECT, "an object with label, score and segment");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "label" -> {
          expect(JsonToken.VALUE_STRING, "\"label\" to be a string");
          label = json.getText();
        }
        case "score" -> score = number("\"score\"");
        case "segment" -> segment = segment();
        default -> json.skipChildren();
      }
    }
    if (label == null || segment == null || Double.isNaN(score)) {
      String missing = label == null ? "label" : segment == null ? "segment" : "score";
      throw error("KFMT-203", "expected key \"" + missing + "\", found none");
    }
    return new Detection(label, segment, score);
  }

  private Segment segment() throws IOException {
    expect(JsonToken.START_ARRAY, "\"segment\" to be [start, end]");
    json.nextToken();
    double start = number("the start of \"segment\"");
    json.nextToken();
    double end = number("the end of \"segment\"");
    json.nextToken();
    expect(JsonToken.END_ARRAY, "\"segment\" to be [start, end] and to end after two numbers");
    if (start > end) {
      throw error("KFMT-205", "expected start <= end, found segment [" + start + ", " + end + "]");
    }
    return new Segment(start, end);
  }

  /** A finite number, or a string that holds one. */
  private double number(String what) throws IOException {
    JsonToken token = json.currentToken();
    if (token != JsonToken.VALUE_STRING && (token == null || !token.isNumeric())) {
      throw error("KFMT-204", "expected " + what + " to be a number, found " + found());
    }
    double value;
    try {
      value = Double.parseDouble(json.getText());
    } catch (NumberFormatException e) {
      throw error("KFMT-204", "expected " + what + " to be a number, found " + found());
    }
    if (!Double.isFinite(value)) {
      throw error("KFMT-204", "expected " + what + " to be a finite number, found " + found());
    }
    return value;
  }

  private void expect(JsonToken token, String what) throws IOException {
    if (json.currentToken() != token) {
      throw error("KFMT-202", "expected " + what + ", found " + found());
    }
  }

  private String found() throws IOException {
    JsonToken token = json.currentToken();
    if (token == null) {
      return "the end of the file";
    }
    if (token.isStructStart()) {
      return token == JsonToken.START_ARRAY ? "an array" : "an object";
    }
    if (token.isStructEnd()) {
      return "the end of " + (token == JsonToken.END_ARRAY ? "the array" : "the object");
    }
    String shown = Shown.of(json.getText());
    return token == JsonToken.VALUE_STRING ? "\"" + shown + "\"" : shown;
  }

  private DataFormatException error(String code, String problem) {
    return DataFormatException.of(code, file, place() + problem);
  }

  private DataFormatException notJson(String problem, IOException cause) {
    String line = "line " + json.currentLocation().getLineNr() + ": ";
    return DataFormatException.of(
        "KFMT-201", file, place() + line + JsonProblem.words(problem), cause);
  }

  private String place() {
    if (recording == null) {
      return "";
    }
    return "recording \""
        + Shown.of(recording)
        + "\""
        + (index < 0 ? "" : ", detection " + index)
        + ": ";
  }
}
