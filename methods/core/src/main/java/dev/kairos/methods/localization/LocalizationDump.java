// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.localization;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.Json;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What lies between features and detections: {@code CURVE/<id>.npy} for each curve of the
 * prediction, such as {@code cas}, float64 {@code [S, K]}, the classes in order and background last
 * where there is one; and {@code localizations.json} with the scores of whole recordings and the
 * proposals in snippets.
 */
public final class LocalizationDump {
  /** The file of scores and proposals. */
  public static final String FILE_NAME = "localizations.json";

  private final DatasetDescription data;
  private final Map<String, SnippetGrid> grids = new HashMap<>();

  /** Nothing yet, of a model that was trained on some data. */
  public LocalizationDump(DatasetDescription data) {
    this.data = data;
  }

  /** Says how a recording lies in time. */
  public void grid(String id, SnippetGrid grid) {
    grids.put(id, grid);
  }

  /**
   * Writes everything.
   *
   * @param found by recording; the grid of each must have been said
   */
  public void write(Path folder, Map<String, Localization> found) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, Localization> entry : found.entrySet()) {
      for (Map.Entry<String, Cas> curve : entry.getValue().prediction().curves().entrySet()) {
        Cas values = curve.getValue();
        Npy.write(
            FileNames.npy(Files.createDirectories(folder.resolve(curve.getKey())), entry.getKey()),
            NpyArray.ofDoubles(values.values(), values.snippets(), values.channels()));
      }
    }
    AtomicFiles.write(
        folder.resolve(FILE_NAME),
        out -> {
          try (JsonGenerator json = Json.factory().createGenerator(out)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            for (Map.Entry<String, Localization> entry : found.entrySet()) {
              json.writeFieldName(entry.getKey());
              write(json, entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
          }
        });
  }

  private void write(JsonGenerator json, String id, Localization found) throws IOException {
    SnippetGrid grid = grids.get(id);
    if (grid == null) {
      throw new IllegalStateException("dump: no grid of recording " + id);
    }
    json.writeStartObject();
    json.writeNumberField("snippets", grid.length());
    json.writeNumberField("seconds_per_snippet", grid.secondsPerSnippet());
    json.writeNumberField("first_second", grid.seconds(0));
    if (found.prediction().cas().isPresent()) {
      json.writeNumberField("cas_rows", found.prediction().cas().get().snippets());
    }
    json.writeObjectFieldStart("video_scores");
    List<String> classes = data.classes();
    double[] scores = found.prediction().videoScores();
    for (int c = 0; c < classes.size(); c++) {
      json.writeNumberField(classes.get(c), scores[c]);
    }
    json.writeEndObject();
    json.writeArrayFieldStart("proposals");
    for (Detection detection : found.detections()) {
      json.writeStartObject();
      json.writeStringField("label", detection.label());
      json.writeNumberField("score", detection.score());
      json.writeNumberField("start", grid.snippets(detection.segment().start()));
      json.writeNumberField("end", grid.snippets(detection.segment().end()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
