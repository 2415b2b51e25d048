// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.kairos.methods.data.PointEditor;
import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.pipeline.RecordingCurves.Curve;
import dev.kairos.methods.tal.ActionInstance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the server and its page tell each other. */
final class LabelJson {
  private static final JsonFactory JSON = new JsonFactory();

  private LabelJson() {}

  /** What the page asks to be set or taken away. */
  record Click(String id, PointLabel point) {}

  /** Writes one object. */
  @FunctionalInterface
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] object(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Reads a click: an object of {@code id}, {@code label} and {@code seconds}, nothing else. */
  static Click click(byte[] body) throws IOException {
    String id = null;
    String label = null;
    double seconds = Double.NaN;
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("expected an object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (field.equals("id") && value == JsonToken.VALUE_STRING) {
          id = json.getText();
        } else if (field.equals("label") && value == JsonToken.VALUE_STRING) {
          label = json.getText();
        } else if (field.equals("seconds") && value.isNumeric()) {
          seconds = json.getDoubleValue();
        } else {
          throw new IllegalArgumentException("unexpected " + field);
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
    if (id == null || label == null || Double.isNaN(seconds)) {
      throw new IllegalArgumentException("expected id, label and seconds");
    }
    return new Click(id, new PointLabel(label, seconds));
  }

  static byte[] error(String message) throws IOException {
    return object(json -> json.writeStringField("error", message));
  }

  /** Whether anything has changed. */
  static byte[] state(long revision, Notices notices) throws IOException {
    return object(json -> state(json, revision, notices));
  }

  private static void state(JsonGenerator json, long revision, Notices notices) throws IOException {
    json.writeNumberField("revision", revision);
    json.writeNumberField("notices", notices.count());
    json.writeStringField("notice", notices.last());
  }

  /** The points of one recording after a click. */
  static byte[] points(String id, List<PointLabel> points, long revision, Notices notices)
      throws IOException {
    return object(
        json -> {
          state(json, revision, notices);
          json.writeStringField("id", id);
          json.writeFieldName("points");
          points(json, points);
        });
  }

  private static void points(JsonGenerator json, List<PointLabel> points) throws IOException {
    json.writeStartArray();
    for (PointLabel point : points) {
      json.writeStartArray();
      json.writeString(point.label());
      json.writeNumber(point.seconds());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** All recordings, without their curves. */
  static byte[] set(LabelTask task, PointEditor.State now, Notices notices) throws IOException {
    return object(
        json -> {
          state(json, now.revision(), notices);
          json.writeStringField("name", task.dataset().description().name());
          json.writeStringField("file", task.points().file().toString());
          json.writeStringField("chosen", task.chosenClass());
          json.writeArrayFieldStart("classes");
          for (String label : task.dataset().description().classes()) {
            json.writeString(label);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("recordings");
          for (Recording recording : task.recordings()) {
            recording(json, recording, task, now.points().getOrDefault(recording.id(), List.of()));
          }
          json.writeEndArray();
        });
  }

  private static void recording(
      JsonGenerator json, Recording recording, LabelTask task, List<PointLabel> points)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", recording.id());
    if (recording.hasDuration()) {
      json.writeNumberField("duration", recording.duration());
    }
    json.writeArrayFieldStart("labels");
    for (String label : recording.withPoints(List.of()).labels()) {
      json.writeString(label);
    }
    json.writeEndArray();
    json.writeBooleanField("video", task.videos().of(recording.id()).isPresent());
    json.writeFieldName("points");
    points(json, points);
    json.writeEndObject();
  }

  /**
   * What one recording shows over time.
   *
   * @param problem why there are no curves, or null
   * @param truth annotated actions to show
   */
  static byte[] curves(List<Curve> curves, @Nullable String problem, List<ActionInstance> truth)
      throws IOException {
    return object(
        json -> {
          if (problem != null) {
            json.writeStringField("problem", problem);
          }
          json.writeArrayFieldStart("curves");
          for (Curve curve : curves) {
            json.writeStartObject();
            json.writeStringField("kind", curve.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("name", curve.name());
            json.writeNumberField("first", curve.first());
            json.writeNumberField("step", curve.step());
            json.writeArrayFieldStart("values");
            for (float value : curve.values()) {
              json.writeNumber(value);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("truth");
          for (ActionInstance action : truth) {
            json.writeStartArray();
            json.writeString(action.label());
            json.writeNumber(action.segment().start());
            json.writeNumber(action.segment().end());
            json.writeEndArray();
          }
          json.writeEndArray();
        });
  }
}
