// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.kairos.methods.files.JsonProblem;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.TextFile;
import dev.kairos.methods.files.UserFile;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads an annotation file token by token, so that a failure can name line and recording. */
final class AnnotationReader {
  private static final JsonFactory JSON =
      Json.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxStringLength(1 << 20)
                  .maxNameLength(10_000)
                  .maxNumberLength(400)
                  .build())
          .build();
  private static final String LABEL_ALONE = "where only the label is known, leave it out";
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,300}\\.?\\d{0,300}|\\.\\d{1,300})([eE][+-]?\\d{1,4})?");

  private final Path file;
  private final JsonParser json;
  private final Consumer<Finding> findings;
  private final Map<String, Recording> recordings = new LinkedHashMap<>();
  private final Set<String> doubtful = new HashSet<>();
  private final List<Finding> warnings = new ArrayList<>();
  private String place = "";
  private int found;

  private AnnotationReader(Path file, JsonParser json, Consumer<Finding> findings) {
    this.file = file;
    this.json = json;
    this.findings = findings;
  }

  /** Reads a file in which nothing is wrong. */
  static AnnotationFile read(Path file) throws IOException {
    return read(
        file,
        finding -> {
          throw finding.failure();
        });
  }

  /**
   * Reads on after a wrong value, and stops only where the text is no JSON.
   *
   * @param findings told everything that is wrong, in the order of the file
   * @return the recordings; those with a wrong value hold the rest of theirs, and are {@link
   *     AnnotationFile#doubtful}
   * @throws DataFormatException if there is no such file, or the text is no JSON
   */
  static AnnotationFile read(Path file, Consumer<Finding> findings) throws IOException {
    try (InputStream in =
            UserFile.openUnpacked(
                file, "KDATA-101", "annotations are a JSON file with a 'database'");
        JsonParser json = JSON.createParser(in)) {
      AnnotationReader reader = new AnnotationReader(file, json, findings);
      reader.document();
      return new AnnotationFile(reader.recordings, reader.warnings, reader.doubtful);
    } catch (JacksonException e) {
      String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      String problem = JsonProblem.words(e.getOriginalMessage());
      throw DataFormatException.of("KDATA-111", file, line + "not valid JSON: " + problem, e);
    } catch (CharConversionException e) {
      throw DataFormatException.of("KDATA-111", file, "not UTF-8 text: " + e.getMessage(), e);
    } catch (ZipException | EOFException e) {
      throw DataFormatException.of("KDATA-101", file, TextFile.DAMAGED, "get the file again");
    }
  }

  private void document() throws IOException {
    json.nextToken();
    if (isObject("the file")) {
      Set<String> keys = new HashSet<>();
      for (String key = nextKey(keys); key != null; key = nextKey(keys)) {
        if (key.equals("database")) {
          database();
        } else {
          json.skipChildren();
        }
      }
      if (!keys.contains("database")) {
        report(
            "KDATA-111",
            "",
            "has no 'database'",
            "expected {\"database\": {id: {\"subset\", \"duration\", \"annotations\"}}}");
      }
    }
    if (json.nextToken() != null) {
      structure("something follows the closing bracket");
    }
  }

  private void database() throws IOException {
    place = "database: ";
    if (isObject("'database'")) {
      Set<String> ids = new HashSet<>();
      for (String id = nextKey(ids); id != null; id = nextKey(ids)) {
        place = "recording '" + Shown.of(id) + "': ";
        int before = found;
        recordings.put(id, recording(id));
        if (found > before) {
          doubtful.add(id);
        }
        place = "database: ";
      }
    }
    place = "";
  }

  private Recording recording(String id) throws IOException {
    @Nullable String subset = null;
    boolean subsetGiven = false;
    double duration = Double.NaN;
    double fps = Double.NaN;
    @Nullable String subject = null;
    List<ActionInstance> instances = new ArrayList<>();
    Set<String> alone = new LinkedHashSet<>();
    if (isObject("a recording")) {
      Set<String> keys = new HashSet<>();
      for (String key = nextKey(keys); key != null; key = nextKey(keys)) {
        switch (key) {
          case "subset" -> {
            subset = text("'subset'");
            subsetGiven = subset == null; // and what was given was refused
          }
          case "duration" -> duration = positive("'duration'");
          case "fps" -> fps = positive("'fps'");
          case "subject" -> subject = subject();
          case "labels" -> labels(alone);
          case "annotations" -> annotations(instances, alone);
          default -> json.skipChildren();
        }
      }
      if (!subsetGiven && (subset == null || subset.isBlank())) {
        structure("has no 'subset'");
      }
    }
    Recording recording =
        new Recording(
            id,
            subset == null ? "" : subset,
            duration,
            fps,
            subject == null ? "" : subject,
            instances,
            alone,
            List.of());
    Set<ActionInstance> seen = new HashSet<>();
    for (ActionInstance instance : instances) {
      warnIfOutside(recording, instance);
      if (!seen.add(instance)) {
        warn(instance, "is annotated twice", "both count in scores");
      }
      if (instance.segment().start() == instance.segment().end()) {
        warn(instance, "has no length", "no detection can hit it");
      }
    }
    return recording;
  }

  private void warn(ActionInstance instance, String problem, String meaning) {
    Segment segment = instance.segment();
    warnings.add(
        Finding.warning(
            "KDATA-112",
            file,
            place,
            "%s at [%s, %s] %s"
                .formatted(Shown.of(instance.label()), segment.start(), segment.end(), problem),
            meaning));
  }

  private void warnIfOutside(Recording recording, ActionInstance instance) {
    Segment segment = instance.segment();
    if (segment.start() < 0 || (recording.hasDuration() && segment.end() > recording.duration())) {
      warnings.add(
          Finding.warning(
              "KDATA-112",
              file,
              place,
              Shown.of(instance.label())
                  + " at ["
                  + segment.start()
                  + ", "
                  + segment.end()
                  + "] leaves the recording's duration of "
                  + (recording.hasDuration() ? recording.duration() + " s" : "unknown length"),
              "the segment is used as it is"));
    }
  }

  private double positive(String what) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return Double.NaN;
    }
    double number = number(what);
    if (number <= 0) {
      value(what + " must be positive: " + number);
      return Double.NaN;
    }
    return number;
  }

  /** Who is recorded: a text or a number. */
  private @Nullable String subject() throws IOException {
    return json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getText() : text("'subject'");
  }

  private void labels(Set<String> alone) throws IOException {
    if (isArray("'labels'", "")) {
      for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
        String label = text("labels[" + i + "]");
        if (label != null && label.isBlank()) {
          structure("labels[" + i + "] is empty");
        } else if (label != null) {
          alone.add(label);
        }
      }
    }
  }

  private void annotations(List<ActionInstance> instances, Set<String> alone) throws IOException {
    if (isArray("'annotations'", "")) {
      for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
        annotation("annotations[" + i + "]", instances, alone);
      }
    }
  }

  /** An action, or a label alone where no segment is given. */
  private void annotation(String what, List<ActionInstance> instances, Set<String> alone)
      throws IOException {
    if (!isObject(what)) {
      return;
    }
    int before = found;
    @Nullable String label = null;
    @Nullable Segment segment = null;
    boolean isPlaced = false;
    Set<String> keys = new HashSet<>();
    for (String key = nextKey(keys); key != null; key = nextKey(keys)) {
      switch (key) {
        case "label" -> label = text(what + ".label");
        case "segment" -> {
          isPlaced = json.currentToken() != JsonToken.VALUE_NULL;
          segment = isPlaced ? segment(what + ".segment") : null;
        }
        default -> json.skipChildren();
      }
    }
    if (label != null ? label.isBlank() : !keys.contains("label")) {
      structure(what + " has no 'label'");
      label = null;
    }
    if (found > before || label == null) {
      return;
    }
    if (!isPlaced) {
      alone.add(label);
    } else if (segment != null) {
      instances.add(new ActionInstance(label, segment));
    }
  }

  private @Nullable Segment segment(String what) throws IOException {
    if (!isArray(what, LABEL_ALONE)) {
      return null;
    }
    int before = found;
    double[] times = new double[2];
    int n = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (n < 2) {
        times[n] = number(what);
      } else {
        json.skipChildren();
      }
      n++;
    }
    if (n != 2) {
      structure(what + " has " + Plural.of(n, "value") + ", expected [start, end]");
    } else if (times[0] > times[1]) {
      value(what + " ends before it starts: [" + times[0] + ", " + times[1] + "]");
    }
    return found > before ? null : new Segment(times[0], times[1]);
  }

  /** A finite number, also when written in quotes; NaN after saying that it is none. */
  private double number(String what) throws IOException {
    JsonToken token = json.currentToken();
    boolean quoted = token == JsonToken.VALUE_STRING;
    if (!quoted && !token.isNumeric()) {
      structure(what + " must be a number, found " + kind());
      json.skipChildren();
      return Double.NaN;
    }
    String written = json.getText();
    String text = quoted ? written.strip() : written;
    double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (!Double.isFinite(number)) {
      value(what + " must be a finite number, found '" + Shown.of(written) + "'");
      return Double.NaN;
    }
    return number;
  }

  /** A text, or null after saying that it is none. */
  private @Nullable String text(String what) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      structure(what + " must be a text, found " + kind());
      json.skipChildren();
      return null;
    }
    return json.getText();
  }

  /** Whether an object begins; otherwise that is said and what is there is passed over. */
  private boolean isObject(String what) throws IOException {
    return begins(JsonToken.START_OBJECT, what + " must be an object {...}", "");
  }

  private boolean isArray(String what, String fix) throws IOException {
    return begins(JsonToken.START_ARRAY, what + " must be a list [...]", fix);
  }

  private boolean begins(JsonToken token, String rule, String fix) throws IOException {
    if (json.currentToken() == token) {
      return true;
    }
    report("KDATA-111", line(), rule + ", found " + kind(), fix);
    if (json.currentToken() != null) {
      json.skipChildren();
    }
    return false;
  }

  /** The next key of the current object with the parser on its value; null at the object's end. */
  private @Nullable String nextKey(Set<String> seen) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      boolean first = seen.add(key);
      if (!first) {
        report("KDATA-113", line(), "'" + Shown.of(key) + "' is given twice", "");
      }
      json.nextToken();
      if (first) {
        return key;
      }
      json.skipChildren();
    }
    return null;
  }

  private String kind() {
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

  private void structure(String problem) {
    report("KDATA-111", line(), problem, "");
  }

  private void value(String problem) {
    report("KDATA-112", line(), problem, "");
  }

  private void report(String code, String where, String problem, String fix) {
    found++;
    findings.accept(Finding.fatal(code, file, where, problem, fix));
  }

  private String line() {
    return "line " + json.currentTokenLocation().getLineNr() + ": " + place;
  }
}
