// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.salads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.methods.data.AnnotationFile;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.RecordingCheck;
import dev.kairos.methods.files.JsonProblem;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.TextFile;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The annotated videos of 50 Salads.
 *
 * @param classes class names in order, without background
 * @param videos in file order; the subset of one is the fold it belongs to, such as {@code fold1}
 */
record SaladsVideos(List<String> classes, List<Recording> videos) {
  private static final int MAX_BYTES = 1 << 26;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          Json.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
              .build());

  static SaladsVideos read(Path file) throws IOException {
    List<Recording> videos = List.copyOf(AnnotationFile.read(file).recordings().values());
    List<String> classes = classes(file);
    new RecordingCheck(file, classes).require(videos);
    for (Recording video : videos) {
      double seconds = video.duration();
      if (!(seconds >= 1 && seconds == Math.rint(seconds) && seconds < Integer.MAX_VALUE)) {
        throw wrong(
            file,
            "recording '%s': 'duration' must be whole seconds, at least 1: %s"
                .formatted(Shown.of(video.id()), seconds));
      }
    }
    return new SaladsVideos(classes, videos);
  }

  private static List<String> classes(Path file) throws IOException {
    List<String> classes = new ArrayList<>();
    try {
      JsonNode list = JSON.readTree(TextFile.read(file, MAX_BYTES, "")).path("classes");
      if (!list.isArray() || list.isEmpty()) {
        throw wrong(file, "expected 'classes', a list of names");
      }
      for (JsonNode name : list) {
        if (!name.isTextual() || name.textValue().isBlank()) {
          throw wrong(file, "'classes' holds " + Shown.of(name.toString()) + ", expected names");
        }
        classes.add(name.textValue());
      }
    } catch (JsonProcessingException e) {
      throw wrong(file, "not valid JSON: " + JsonProblem.words(e.getOriginalMessage()));
    }
    if (new HashSet<>(classes).size() < classes.size()) {
      throw wrong(file, "'classes' names a class twice: " + Shown.some(classes));
    }
    return classes;
  }

  private static DataFormatException wrong(Path file, String problem) {
    return DataFormatException.of("KDATA-151", file, problem);
  }
}
