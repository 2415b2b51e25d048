// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an annotation file token by token, so that a failure can name line and recording. */
final class AnnotationReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxStringLength(1 << 20)
                  .maxNameLength(10_000)
                  .maxNumberLength(400)
                  .build())
          .build();
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,300}\\.?\\d{0,300}|\\.\\d{1,300})([eE][+-]?\\d{1,4})?");

  private final Path file;
  private final JsonParser json;
  private final Map<String, Recording> recordings = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private String place = "";

  private AnnotationReader(Path file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  static AnnotationFile read(Path file) throws IOException {
    TextFile.requireFile(file, "KDATA-101", "annotations are a JSON file with a 'database'");
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = JSON.createParser(in)) {
      AnnotationReader reader = new AnnotationReader(file, json);
      reader.document();
      return new AnnotationFile(reader.recordings, reader.warnings);
    } catch (JacksonException e) {
      String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      String problem = JsonProblem.words(e.getOriginalMessage());
      throw DataFormatException.of("KDATA-111", file, line + "not valid JSON: " + problem, e);
    } catch (CharConversionException e) {
      throw DataFormatException.of("KDATA-111", file, "not UTF-8 text: " + e.getMessage(), e);
    }
  }

  private void document() throws IOException {
    json.nextToken();
    Set<String> keys = new HashSet<>();
    beginObject("the file");
    for (String key = nextKey(keys); key != null; key = nextKey(keys)) {
      if (key.equals("database")) {
        database();
      } else {
        json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw structure("something follows the closing bracket");
    }
    if (!keys.contains("database")) {
      throw DataFormatException.of(
          "KDATA-111",
          file,
          "has no 'database'",
          "expected {\"database\": {id: {\"subset\", \"duration\", \"annotations\"}}}");
    }
  }

  private void database() throws IOException {
    place = "database: ";
    beginObject("'database'");
    Set<String> ids = new HashSet<>();
    for (String id = nextKey(ids); id != null; id = nextKey(ids)) {
      place = "recording '" + FileNames.shown(id) + "': ";
      recordings.put(id, recording(id));
      place = "database: ";
    }
    place = "";
  }

  private Recording recording(String id) throws IOException {
    beginObject("a recording");
    @Nullable String subset = null;
    double duration = Double.NaN;
    List<ActionInstance> instances = List.of();
    Set<String> keys = new HashSet<>();
    for (String key = nextKey(keys); key != null; key = nextKey(keys)) {
      switch (key) {
        case "subset" -> subset = text("'subset'");
        case "duration" -> duration = duration();
        case "annotations" -> instances = instances();
        default -> json.skipChildren();
      }
    }
    if (subset == null || subset.isBlank()) {
      throw structure("has no 'subset'");
    }
    Recording recording = new Recording(id, subset, duration, instances, List.of());
    instances.forEach(instance -> warnIfOutside(recording, instance));
    return recording;
  }

  private void warnIfOutside(Recording recording, ActionInstance instance) {
    Segment segment = instance.segment();
    if (segment.start() < 0 || (recording.hasDuration() && segment.end() > recording.duration())) {
      warnings.add(
          place
              + FileNames.shown(instance.label())
              + " at ["
              + segment.start()
              + ", "
              + segment.end()
              + "] leaves the recording's duration of "
              + (recording.hasDuration() ? recording.duration() + " s" : "unknown length"));
    }
  }

  private double duration() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return Double.NaN;
    }
    double duration = number("'duration'");
    if (!(duration > 0)) {
      throw value("'duration' must be positive: " + duration);
    }
    return duration;
  }

  private List<ActionInstance> instances() throws IOException {
    beginArray("'annotations'");
    List<ActionInstance> instances = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      instances.add(instance(instances.size()));
    }
    return instances;
  }

  private ActionInstance instance(int index) throws IOException {
    String what = "annotations[" + index + "]";
    beginObject(what);
    @Nullable String label = null;
    @Nullable Segment segment = null;
    Set<String> keys = new HashSet<>();
    for (String key = nextKey(keys); key != null; key = nextKey(keys)) {
      switch (key) {
        case "label" -> label = text(what + ".label");
        case "segment" -> segment = segment(what + ".segment");
        default -> json.skipChildren();
      }
    }
    if (label == null || label.isBlank()) {
      throw structure(what + " has no 'label'");
    }
    if (segment == null) {
      throw DataFormatException.of(
          "KDATA-111",
          file,
          line() + what + " has no 'segment'",
          "where only the label is known, give [0, duration]");
    }
    return new ActionInstance(label, segment);
  }

  private Segment segment(String what) throws IOException {
    beginArray(what);
    double[] times = new double[2];
    int n = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (n == 2) {
        throw structure(what + " has more than two values, expected [start, end]");
      }
      times[n++] = number(what);
    }
    if (n < 2) {
      throw structure(what + " has " + n + " values, expected [start, end]");
    }
    if (!(times[0] <= times[1])) {
      throw value(what + " ends before it starts: [" + times[0] + ", " + times[1] + "]");
    }
    return new Segment(times[0], times[1]);
  }

  /** A finite number, also when written in quotes. */
  private double number(String what) throws IOException {
    JsonToken token = json.currentToken();
    boolean quoted = token == JsonToken.VALUE_STRING;
    if (!quoted && (token == null || !token.isNumeric())) {
      throw structure(what + " must be a number, found " + found());
    }
    String written = json.getText();
    String text = quoted ? written.strip() : written;
    double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (!Double.isFinite(number)) {
      throw value(what + " must be a finite number, found '" + FileNames.shown(written) + "'");
    }
    return number;
  }

  private String text(String what) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw structure(what + " must be a text, found " + found());
    }
    return json.getText();
  }

  private void beginObject(String what) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw structure(what + " must be an object {...}, found " + found());
    }
  }

  private void beginArray(String what) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw structure(what + " must be a list [...], found " + found());
    }
  }

  /** The next key of the current object with the parser on its value; null at the object's end. */
  private @Nullable String nextKey(Set<String> seen) throws IOException {
    if (json.nextToken() == JsonToken.END_OBJECT) {
      return null;
    }
    String key = json.currentName();
    if (!seen.add(key)) {
      throw DataFormatException.of(
          "KDATA-113", file, line() + "'" + FileNames.shown(key) + "' is given twice");
    }
    json.nextToken();
    return key;
  }

  private String found() {
    JsonToken token = json.currentToken();
    if (token == null) {
      return "the end of the file";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a text";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      default -> "a number";
    };
  }

  private DataFormatException structure(String problem) {
    return DataFormatException.of("KDATA-111", file, line() + problem);
  }

  private DataFormatException value(String problem) {
    return DataFormatException.of("KDATA-112", file, line() + problem);
  }

  private String line() {
    return "line " + json.currentTokenLocation().getLineNr() + ": " + place;
  }
}
