// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.UserFile;
import dev.kairos.methods.tal.Detection;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Detections as a file in the form of an ActivityNet submission:
 *
 * <pre>{@code
 * {"version": "VERSION 1.3", "external_data": {},
 *  "results": {ID: [{"label": NAME, "score": X, "segment": [START, END]}, ..], ..}}
 * }</pre>
 *
 * Segments are in seconds. Numbers are written so that they read back to the same bits.
 */
public final class DetectionFile {
  private static final String VERSION = "VERSION 1.3";
  private static final int DEEPEST = 64;
  private static final int LONGEST_STRING = 1 << 20;
  private static final JsonFactory JSON =
      Json.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_STRING)
                  .build())
          .build();

  private DetectionFile() {}

  /**
   * Reads the detections of each recording, in the order of the file. Numbers may be written as
   * strings. Keys other than {@code results}, {@code label}, {@code score} and {@code segment} are
   * passed over.
   *
   * @throws DataFormatException KFMT-201 if it is not JSON (or nests deeper than 64, holds a label
   *     beyond 1 MiB, names a key twice); KFMT-202 if the structure is another; KFMT-203 if a key
   *     is missing; KFMT-204 if a number is none or not finite; KFMT-205 if a segment ends before
   *     it starts
   * @throws IOException if the file cannot be read; a pipe or a device is not opened
   */
  public static Map<String, List<Detection>> read(Path file) throws IOException {
    try (InputStream in = UserFile.open(file)) {
      return new DetectionReader(file, JSON.createParser(in)).read();
    }
  }

  /**
   * Writes the detections of each recording, in the order of the map. The file is complete or not
   * there: it is written beside its place and then moved.
   *
   * @throws IllegalArgumentException if a score is not finite; nothing is written then
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, Map<String, List<Detection>> detections) throws IOException {
    requireFinite(detections);
    AtomicFiles.write(file, out -> writeTo(out, detections));
  }

  /**
   * Refuses scores that no form of detections can hold.
   *
   * @throws IllegalArgumentException naming the recording
   */
  static void requireFinite(Map<String, List<Detection>> detections) {
    detections.forEach(DetectionFile::checkScores);
  }

  private static void checkScores(String recording, List<Detection> detections) {
    for (int i = 0; i < detections.size(); i++) {
      if (!Double.isFinite(detections.get(i).score())) {
        throw new IllegalArgumentException(
            "detections: the score of recording \""
                + Shown.of(recording)
                + "\", detection "
                + i
                + " must be finite: "
                + detections.get(i).score());
      }
    }
  }

  private static void writeTo(OutputStream out, Map<String, List<Detection>> detections)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("version", VERSION);
      json.writeObjectFieldStart("external_data");
      json.writeEndObject();
      json.writeObjectFieldStart("results");
      for (Map.Entry<String, List<Detection>> entry : detections.entrySet()) {
        json.writeArrayFieldStart(entry.getKey());
        for (Detection detection : entry.getValue()) {
          write(json, detection);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, Detection detection) throws IOException {
    json.writeStartObject();
    json.writeStringField("label", detection.label());
    json.writeNumberField("score", detection.score());
    json.writeArrayFieldStart("segment");
    json.writeNumber(detection.segment().start());
    json.writeNumber(detection.segment().end());
    json.writeEndArray();
    json.writeEndObject();
  }
}
