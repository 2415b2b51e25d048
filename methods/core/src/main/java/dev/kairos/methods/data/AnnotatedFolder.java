// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the annotations of a data set say of its recordings, points among them.
 *
 * @param recordings by id, without the labels that are passed over
 * @param warnings what is odd but not wrong, a line each
 * @param skipped recordings that were left out because they have no features, by id
 * @param passedOver recordings of which all labels were passed over, by id
 */
record AnnotatedFolder(
    Map<String, Recording> recordings,
    List<String> warnings,
    List<String> skipped,
    Set<String> passedOver) {

  /** Recordings that a program holds. */
  static AnnotatedFolder of(Map<String, Recording> recordings) {
    return new AnnotatedFolder(recordings, List.of(), List.of(), Set.of());
  }

  /** Reads annotations and points. */
  static AnnotatedFolder read(Path folder, Path annotations, DatasetDescription description)
      throws IOException {
    AnnotationFile annotated = AnnotationFile.read(annotations);
    requireRecordings(annotations, annotated);
    AnnotationRules rules = description.rules();
    Map<String, Recording> recordings = new LinkedHashMap<>();
    Set<String> passedOver = new HashSet<>();
    for (Recording recording : annotated.recordings().values()) {
      Recording kept = rules.apply(recording);
      recordings.put(kept.id(), kept);
      if (kept.labels().isEmpty() && !recording.labels().isEmpty()) {
        passedOver.add(kept.id());
      }
    }
    new RecordingCheck(annotations, description.classes()).require(recordings.values());
    Path points = folder.resolve(PointFile.FILE_NAME);
    if (Files.exists(points)) {
      PointFile.read(points, recordings, description.classes(), rules.annotator())
          .forEach((id, labels) -> recordings.computeIfPresent(id, (k, r) -> r.withPoints(labels)));
    }
    return new AnnotatedFolder(recordings, annotated.warnings(), List.of(), passedOver);
  }

  static void requireRecordings(Path annotations, AnnotationFile annotated) {
    if (annotated.recordings().isEmpty()) {
      throw DataFormatException.of("KDATA-116", annotations, "no recording in it");
    }
  }

  /**
   * The same without some recordings.
   *
   * @param ids of those that have no features
   * @throws DataFormatException KDATA-139 if none is left
   */
  AnnotatedFolder without(Path folder, List<String> ids) {
    Map<String, Recording> left = new LinkedHashMap<>(recordings);
    left.keySet().removeAll(Set.copyOf(ids));
    if (left.isEmpty()) {
      throw DataFormatException.of(
          "KDATA-139", folder, "none of its recordings has features", "kairos inspect says why");
    }
    return new AnnotatedFolder(left, warnings, ids, passedOver);
  }

  /** The same with other recordings. */
  AnnotatedFolder with(Map<String, Recording> other) {
    return new AnnotatedFolder(other, warnings, skipped, passedOver);
  }
}
