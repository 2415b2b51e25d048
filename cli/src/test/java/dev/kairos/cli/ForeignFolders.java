// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/**
 * Folders as people have them: real annotations, and features that are made from a seed and tell
 * the class of each row.
 */
final class ForeignFolders {
  static final int WIDTH = 4; // of a stream
  private static final ObjectMapper JSON = new ObjectMapper();

  private ForeignFolders() {}

  static JsonNode json(Path file) throws IOException {
    if (!file.toString().endsWith(".gz")) {
      return JSON.readTree(file.toFile());
    }
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      return JSON.readTree(in);
    }
  }

  /** The recordings of a file of annotations, the first of each subset. */
  static Map<String, ObjectNode> recordings(Path file, int eachSubset) throws IOException {
    Map<String, Integer> taken = new LinkedHashMap<>();
    Map<String, ObjectNode> recordings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json(file).path("database").properties()) {
      String subset = entry.getValue().path("subset").asText();
      if (taken.merge(subset, 1, Integer::sum) <= eachSubset) {
        recordings.put(entry.getKey(), ((ObjectNode) entry.getValue()).deepCopy());
      }
    }
    return recordings;
  }

  static void writeJson(Path file, Map<String, ObjectNode> recordings) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1").putArray("taxonomy");
    root.putObject("database").setAll(recordings);
    Files.createDirectories(file.getParent());
    JSON.writeValue(file.toFile(), root);
  }

  static void lines(Path file, List<String> lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, lines, StandardCharsets.UTF_8);
  }

  static List<String> ids(Map<String, ObjectNode> recordings, String subset) {
    return recordings.entrySet().stream()
        .filter(entry -> entry.getValue().path("subset").asText().equals(subset))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Rows whose first value tells whether an action is at their middle. */
  static NpyArray features(
      JsonNode recording, double secondsPerRow, double first, int rows, int width) {
    float[] values = new float[rows * width];
    SplittableRandom random = new SplittableRandom(rows);
    for (int t = 0; t < rows; t++) {
      double middle = first + t * secondsPerRow;
      for (int i = 0; i < width; i++) {
        values[t * width + i] = (float) random.nextDouble();
      }
      values[t * width] = isInside(recording, middle) ? 1 : 0;
    }
    return NpyArray.ofFloats(values, rows, width);
  }

  private static boolean isInside(JsonNode recording, double seconds) {
    for (JsonNode action : recording.path("annotations")) {
      if (action.path("segment").path(0).asDouble() <= seconds
          && seconds < action.path("segment").path(1).asDouble()) {
        return true;
      }
    }
    return false;
  }

  static void write(Path file, NpyArray array) throws IOException {
    Files.createDirectories(file.getParent());
    Npy.write(file, array);
  }

  /** The layout of LACP: a folder a subset and stream, 16 frames at 25 a second. */
  static void lacp(Path folder, Path thumos, int eachSubset) throws IOException {
    Map<String, ObjectNode> recordings = recordings(thumos.resolve("annotations.json"), eachSubset);
    for (Map.Entry<String, ObjectNode> entry : recordings.entrySet()) {
      ObjectNode recording = entry.getValue();
      int rows = (int) Math.ceil(recording.path("duration").asDouble() * 25 / 16);
      for (String stream : List.of("rgb", "flow")) {
        String place =
            "features/%s/%s/%s.npy"
                .formatted(recording.path("subset").asText(), stream, entry.getKey());
        write(folder.resolve(place), features(recording, 0.64, 0.32, rows, WIDTH));
      }
    }
    lines(folder.resolve("split_train.txt"), ids(recordings, "train"));
    lines(folder.resolve("split_test.txt"), ids(recordings, "test"));
    for (ObjectNode recording : recordings.values()) {
      recording.remove(List.of("duration", "frame_rate"));
    }
    writeJson(folder.resolve("gt.json"), recordings);
    Files.createDirectories(folder.resolve("point_gaussian"));
    Files.copy(
        thumos.resolve("point_labels.csv"), folder.resolve("point_gaussian/point_labels.csv"));
    Files.copy(thumos.resolve("fps_dict.json"), folder.resolve("fps_dict.json"));
  }

  /** The layout of HR-Pro with the frames of GTEA: one file of both streams. */
  static void hrpro(Path folder, Path gtea) throws IOException {
    Map<String, ObjectNode> recordings = recordings(gtea.resolve("groundtruth.json"), 100);
    for (Map.Entry<String, ObjectNode> entry : recordings.entrySet()) {
      ObjectNode recording = entry.getValue();
      String subset = recording.path("subset").asText().equals("training") ? "train" : "test";
      int rows = recording.path("num_frames").asInt() / 16;
      write(
          folder.resolve("features/%s/%s.npy".formatted(subset, entry.getKey())),
          features(recording, 16.0 / 15, 8.0 / 15, rows, 2048));
    }
    writeJson(folder.resolve("gt_full.json"), recordings);
    Files.copy(gtea.resolve("split_train.txt"), folder.resolve("split_train.txt"));
    Files.copy(gtea.resolve("split_test.txt"), folder.resolve("split_test.txt"));
    Files.createDirectories(folder.resolve("point_labels"));
    Files.copy(
        gtea.resolve("point_gaussian.csv"), folder.resolve("point_labels/point_gaussian.csv"));
  }

  /**
   * OpenTAD's ActivityNet: features stretched to 100 rows, {@code v_} before the id, a block list.
   */
  static void opentad(Path folder, Path activityNet, int eachSubset) throws IOException {
    Map<String, ObjectNode> recordings =
        recordings(activityNet.resolve("activitynet13.json.gz"), eachSubset);
    Map<String, ObjectNode> own = new LinkedHashMap<>();
    recordings.forEach((id, recording) -> own.put(id.replaceFirst("^v_", ""), recording));
    List<String> blocked = new ArrayList<>();
    for (Map.Entry<String, ObjectNode> entry : own.entrySet()) {
      double seconds = entry.getValue().path("duration").asDouble() / 100;
      if (blocked.size() < 2) {
        blocked.add(entry.getKey());
        continue;
      }
      write(
          folder.resolve("features/anet_tsp/v_" + entry.getKey() + ".npy"),
          features(entry.getValue(), seconds, seconds / 2, 100, WIDTH));
    }
    lines(folder.resolve("features/anet_tsp/missing_files.txt"), blocked);
    writeJson(folder.resolve("annotations/activity_net.v1-3.min.json"), own);
    Files.copy(activityNet.resolve("classes.txt"), folder.resolve("annotations/category_idx.txt"));
  }

  /** ActionFormer's THUMOS14: 16 frames every 4 at the rate of each recording. */
  static void actionformer(Path folder, Path thumos, int eachSubset) throws IOException {
    Map<String, ObjectNode> recordings = recordings(thumos.resolve("annotations.json"), eachSubset);
    for (Map.Entry<String, ObjectNode> entry : recordings.entrySet()) {
      ObjectNode recording = entry.getValue();
      double fps = recording.path("frame_rate").asDouble();
      int rows = (int) ((recording.path("duration").asDouble() * fps - 16) / 4);
      write(
          folder.resolve("i3d_features/" + entry.getKey() + ".npy"),
          features(recording, 4 / fps, 8 / fps, rows, WIDTH));
      recording.put("fps", fps);
      recording.remove("frame_rate");
      recording.put(
          "subset", recording.path("subset").asText().equals("train") ? "Validation" : "Test");
    }
    writeJson(folder.resolve("annotations/thumos14.json"), recordings);
  }
}
