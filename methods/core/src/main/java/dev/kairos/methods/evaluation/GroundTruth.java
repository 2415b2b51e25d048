// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.data.AnnotationFile;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The annotated recordings of one subset, against which detections are scored.
 *
 * @param file where they were read from
 * @param subset its name
 * @param recordings by id, in file order
 */
public record GroundTruth(Path file, String subset, Map<String, Recording> recordings) {

  /** Keeps the recordings from change. */
  public GroundTruth {
    recordings = Collections.unmodifiableMap(new LinkedHashMap<>(recordings));
  }

  /** The annotation file that somebody means: itself, or the one in a data folder. */
  public static Path file(Path place) {
    return Files.isDirectory(place) ? place.resolve(AnnotationFile.FILE_NAME) : place;
  }

  /**
   * Reads annotations.
   *
   * @param place an annotation file, or a data folder that holds one
   * @param subset which recordings to take
   * @throws DataFormatException KDATA-116 if no recording is in the subset; KDATA-907 if no action
   *     of it is annotated; or if the file is damaged
   */
  public static GroundTruth read(Path place, String subset) throws IOException {
    Path file = file(place);
    return of(file, AnnotationFile.read(file), subset);
  }

  /**
   * The recordings of a subset.
   *
   * @param file where the annotations were read from
   * @throws DataFormatException as for {@link #read}
   */
  public static GroundTruth of(Path file, AnnotationFile annotations, String subset) {
    if (!subsets(annotations).contains(subset)) {
      throw DataFormatException.of(
          "KDATA-116",
          file,
          "no recording is in subset '" + Shown.of(subset) + "'",
          "subsets here: " + Shown.some(subsets(annotations)));
    }
    Map<String, Recording> recordings = new LinkedHashMap<>();
    annotations
        .recordings()
        .forEach(
            (id, recording) -> {
              if (recording.subset().equals(subset)) {
                recordings.put(id, recording);
              }
            });
    if (recordings.values().stream().allMatch(recording -> recording.instances().isEmpty())) {
      throw DataFormatException.of(
          "KDATA-907",
          file,
          "subset " + Shown.of(subset) + " has no annotated action: mAP is not defined");
    }
    return new GroundTruth(file, subset, recordings);
  }

  /** The names of the subsets. */
  public static SortedSet<String> subsets(AnnotationFile annotations) {
    TreeSet<String> subsets = new TreeSet<>();
    annotations.recordings().values().forEach(recording -> subsets.add(recording.subset()));
    return subsets;
  }

  /** The subset to score where none is named: the only one, or the one called test. */
  public static Optional<String> usualSubset(SortedSet<String> subsets) {
    return subsets.size() == 1
        ? Optional.of(subsets.first())
        : subsets.stream().filter(name -> name.equalsIgnoreCase("test")).findFirst();
  }

  /** The annotated actions of each recording. */
  public Map<String, List<ActionInstance>> instances() {
    Map<String, List<ActionInstance>> instances = new LinkedHashMap<>();
    recordings.forEach((id, recording) -> instances.put(id, recording.instances()));
    return instances;
  }

  /** What the data folder around the file says of itself, where it is one. */
  public Optional<DatasetDescription> description() throws IOException {
    Path beside = file.resolveSibling(DatasetDescription.FILE_NAME);
    return Files.exists(beside) ? Optional.of(DatasetDescription.read(beside)) : Optional.empty();
  }
}
