// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.sbhar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.RecordingCheck;
import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.files.JsonProblem;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.TextFile;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of clips that SBHAR's recordings are cut into.
 *
 * @param classes class names in order
 * @param clips in file order
 */
record SbharClips(List<String> classes, List<Clip> clips) {
  /** The subset that features are standardised on. */
  static final String TRAIN = "train";

  private static final Pattern USER = Pattern.compile("user\\d+$");
  private static final int MAX_BYTES = 1 << 26;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          Json.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(64)
                      .maxStringLength(1 << 20)
                      .build())
              .build());

  /**
   * One clip.
   *
   * @param source the recording it is cut from
   * @param start seconds into that recording
   * @param end seconds into that recording
   * @param recording its id, subset, duration, instances and points, times from the clip's start
   */
  record Clip(String source, double start, double end, Recording recording) {
    /** The same clip with another description of what is in it. */
    Clip with(Recording other) {
      return new Clip(source, start, end, other);
    }

    /** The same clip without what is annotated of some classes. */
    Clip without(Set<String> labels) {
      return with(
          new Recording(
              recording.id(),
              recording.subset(),
              recording.duration(),
              Double.NaN,
              recording.subject(),
              recording.instances().stream().filter(i -> !labels.contains(i.label())).toList(),
              Set.of(),
              recording.points().stream().filter(p -> !labels.contains(p.label())).toList()));
    }
  }

  static SbharClips read(Path file) throws IOException {
    String text = TextFile.read(file, MAX_BYTES, "the raw folder needs clips.json and recordings/");
    try {
      JsonNode root = JSON.readTree(text);
      if (root == null || !root.isObject()) {
        throw new IllegalArgumentException("expected an object with 'classes' and 'database'");
      }
      List<String> classes = new ArrayList<>();
      list(root, "classes").forEach(label -> classes.add(text(label)));
      List<Clip> clips = new ArrayList<>();
      for (var entry : root.required("database").properties()) {
        clips.add(clip(file, entry.getKey(), entry.getValue()));
      }
      if (clips.stream().noneMatch(clip -> clip.recording().subset().equals(TRAIN))) {
        throw new IllegalArgumentException("'database' holds no clip of subset '" + TRAIN + "'");
      }
      if (Set.copyOf(classes).size() < classes.size()) {
        throw new IllegalArgumentException("'classes' names a class twice: " + classes);
      }
      requireKnownLabels(file, classes, clips);
      return new SbharClips(classes, clips);
    } catch (JsonProcessingException e) {
      String problem = JsonProblem.words(e.getOriginalMessage());
      String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      throw DataFormatException.of("KDATA-151", file, line + "not valid JSON: " + problem, e);
    } catch (IllegalArgumentException e) {
      throw DataFormatException.of("KDATA-151", file, String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireKnownLabels(Path file, List<String> classes, List<Clip> clips) {
    new RecordingCheck(file, classes).require(clips.stream().map(Clip::recording).toList());
  }

  private static Clip clip(Path file, String id, JsonNode node) {
    try {
      String problem = FileNames.problem(id);
      String source = text(node.required("recording"));
      if (!problem.isEmpty() || !FileNames.problem(source).isEmpty()) {
        throw new IllegalArgumentException("the id or its recording cannot be a file name");
      }
      double start = number(node.required("start"));
      double end = number(node.required("end"));
      if (!(start >= 0 && start < end)) {
        throw new IllegalArgumentException("needs 0 <= start < end: [" + start + ", " + end + "]");
      }
      List<ActionInstance> instances = new ArrayList<>();
      for (JsonNode entry : list(node, "annotations")) {
        JsonNode segment = entry.required("segment");
        instances.add(
            new ActionInstance(
                text(entry.required("label")),
                new Segment(number(segment.required(0)), number(segment.required(1)))));
      }
      List<PointLabel> points = new ArrayList<>();
      for (JsonNode entry : list(node, "points")) {
        points.add(new PointLabel(text(entry.required("label")), number(entry.required("t"))));
      }
      String subset = text(node.required("subset"));
      double duration = number(node.required("duration"));
      return new Clip(
          source,
          start,
          end,
          new Recording(
              id, subset, duration, Double.NaN, subject(source), instances, Set.of(), points));
    } catch (IllegalArgumentException e) {
      throw DataFormatException.of(
          "KDATA-151", file, "clip '" + Shown.of(id) + "': " + e.getMessage(), e);
    }
  }

  /** Of whom a recording is, as its published name says: {@code exp01_user03}. */
  private static String subject(String source) {
    Matcher named = USER.matcher(source);
    return named.find() ? named.group() : "";
  }

  private static JsonNode list(JsonNode node, String key) {
    JsonNode list = node.required(key);
    if (!list.isArray()) {
      throw new IllegalArgumentException("'" + key + "' must be a list, found " + shown(list));
    }
    return list;
  }

  private static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException("expected a text, found " + shown(node));
    }
    return node.textValue();
  }

  private static double number(JsonNode node) {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw new IllegalArgumentException("expected a finite number, found " + shown(node));
    }
    return node.doubleValue();
  }

  private static String shown(JsonNode node) {
    return Shown.of(node.toString());
  }
}
