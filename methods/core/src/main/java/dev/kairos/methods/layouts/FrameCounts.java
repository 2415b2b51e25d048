// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.files.UserFile;
import dev.kairos.tensor.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many frames recordings have, where a file of annotations says so: with the duration that is
 * their rate.
 */
final class FrameCounts {
  private static final Set<String> KEYS = Set.of("frame", "frames", "num_frames");
  private static final JsonFactory JSON = Json.factory();

  private final Map<String, Double> frames = new HashMap<>();

  private FrameCounts() {}

  /** Whether a file is JSON that begins to be annotations: an object with a {@code database}. */
  static boolean isAnnotations(Path file) {
    try (InputStream in = UserFile.openUnpacked(file, "KDATA-101", "");
        JsonParser json = JSON.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isDatabase = json.currentName().equals("database");
        if (json.nextToken() == JsonToken.START_OBJECT && isDatabase) {
          return true;
        }
        json.skipChildren();
      }
      return false;
    } catch (IOException | RuntimeException e) {
      return false; // it is something else
    }
  }

  /** Reads them of a file that has been read as annotations. */
  static FrameCounts read(Path file) throws IOException {
    FrameCounts counts = new FrameCounts();
    try (InputStream in = UserFile.openUnpacked(file, "KDATA-101", "");
        JsonParser json = JSON.createParser(in)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isDatabase = json.currentName().equals("database");
        json.nextToken();
        if (isDatabase) {
          counts.database(json);
        } else {
          json.skipChildren();
        }
      }
    }
    return counts;
  }

  private void database(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String id = json.currentName();
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean counts = KEYS.contains(json.currentName());
        JsonToken value = json.nextToken();
        if (counts && value.isNumeric()) {
          frames.put(id, json.getDoubleValue());
        }
        json.skipChildren();
      }
    }
  }

  /** The recordings with the rate that follows, where they have no other. */
  List<Recording> applied(List<Recording> recordings) {
    return recordings.stream()
        .map(
            recording -> {
              double count = frames.getOrDefault(recording.id(), 0.0);
              return recording.hasFps()
                      || !recording.hasDuration()
                      || !(count > 0 && count < Double.POSITIVE_INFINITY)
                  ? recording
                  : recording.withFps(count / recording.duration());
            })
        .toList();
  }
}
