// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kairos.methods.tal.Detection;
import dev.kairos.tensor.io.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Detections as a project of VIA 3, the VGG video annotator: a file and a view for each recording,
 * a temporal segment with the attributes class and score for each detection. A video whose place is
 * not known is one that VIA asks for by its name.
 */
final class ViaProject {
  private static final String VERSION = "3.1.1";
  private static final String SEGMENT_OF_A_FILE = "FILE1_Z2_XY0";
  private static final int TEXT = 1;
  private static final int VIDEO = 4;
  private static final int ASKED_FOR = 1;
  private static final int BY_ADDRESS = 3;

  private ViaProject() {}

  static void write(
      OutputStream out, Map<String, List<Detection>> detections, Map<String, Path> videos)
      throws IOException {
    try (JsonGenerator json = Json.factory().createGenerator(out)) {
      json.writeStartObject();
      project(json, detections.size());
      config(json);
      json.writeObjectFieldStart("attribute");
      attribute(json, "1", "class");
      attribute(json, "2", "score");
      json.writeEndObject();
      json.writeObjectFieldStart("file");
      int file = 0;
      for (String id : detections.keySet()) {
        file(json, ++file, id, videos.get(id));
      }
      json.writeEndObject();
      json.writeObjectFieldStart("metadata");
      int view = 0;
      for (List<Detection> found : detections.values()) {
        segments(json, ++view, found);
      }
      json.writeEndObject();
      json.writeObjectFieldStart("view");
      for (int i = 1; i <= detections.size(); i++) {
        json.writeObjectFieldStart(String.valueOf(i));
        json.writeArrayFieldStart("fid_list");
        json.writeString(String.valueOf(i));
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  /** The words in underscores are for VIA to replace when it shares a project. */
  private static void project(JsonGenerator json, int views) throws IOException {
    json.writeObjectFieldStart("project");
    json.writeStringField("pid", "__VIA_PROJECT_ID__");
    json.writeStringField("rev", "__VIA_PROJECT_REV_ID__");
    json.writeStringField("rev_timestamp", "__VIA_PROJECT_REV_TIMESTAMP__");
    json.writeStringField("pname", "detections");
    json.writeStringField("data_format_version", VERSION);
    json.writeStringField("creator", "Kairos");
    json.writeNumberField("created", System.currentTimeMillis());
    json.writeArrayFieldStart("vid_list");
    for (int i = 1; i <= views; i++) {
      json.writeString(String.valueOf(i));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void config(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("config");
    json.writeObjectFieldStart("file");
    json.writeObjectFieldStart("loc_prefix");
    for (String place : new String[] {"1", "2", "3", "4"}) {
      json.writeStringField(place, "");
    }
    json.writeEndObject();
    json.writeEndObject();
    json.writeObjectFieldStart("ui");
    json.writeStringField("file_content_align", "center");
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void attribute(JsonGenerator json, String key, String name) throws IOException {
    json.writeObjectFieldStart(key);
    json.writeStringField("aname", name);
    json.writeStringField("anchor_id", SEGMENT_OF_A_FILE);
    json.writeNumberField("type", TEXT);
    json.writeStringField("desc", "");
    json.writeObjectFieldStart("options");
    json.writeEndObject();
    json.writeStringField("default_option_id", "");
    json.writeEndObject();
  }

  private static void file(JsonGenerator json, int number, String id, @Nullable Path video)
      throws IOException {
    json.writeObjectFieldStart(String.valueOf(number));
    json.writeStringField("fid", String.valueOf(number));
    json.writeStringField("fname", video == null ? id + ".mp4" : video.getFileName().toString());
    json.writeNumberField("type", VIDEO);
    json.writeNumberField("loc", video == null ? ASKED_FOR : BY_ADDRESS);
    json.writeStringField(
        "src", video == null ? "" : video.toAbsolutePath().normalize().toUri().toString());
    json.writeEndObject();
  }

  private static void segments(JsonGenerator json, int view, List<Detection> found)
      throws IOException {
    int number = 0;
    for (Detection detection : found) {
      json.writeObjectFieldStart("%d_%06d".formatted(view, ++number));
      json.writeStringField("vid", String.valueOf(view));
      json.writeNumberField("flg", 0);
      json.writeArrayFieldStart("z");
      json.writeNumber(detection.segment().start());
      json.writeNumber(detection.segment().end());
      json.writeEndArray();
      json.writeArrayFieldStart("xy");
      json.writeEndArray();
      json.writeObjectFieldStart("av");
      json.writeStringField("1", detection.label());
      json.writeStringField("2", String.valueOf((float) detection.score()));
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
