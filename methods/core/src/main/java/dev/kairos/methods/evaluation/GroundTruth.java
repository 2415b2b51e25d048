// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.data.AnnotationFile;
import dev.kairos.methods.data.AnnotationRules;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.SubsetChoice;
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
import java.util.Set;
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
    return Files.isDirectory(place) ? AnnotationFile.in(place) : place;
  }

  /**
   * Reads annotations.
   *
   * @param place an annotation file, or a data folder that holds one
   * @param subset which recordings to take: a subset's name, several with commas between them, or
   *     {@code train} or {@code test} for what the data folder or the usual names make of it, see
   *     {@link SubsetChoice}
   * @throws DataFormatException KDATA-116 if no recording is in the subset; KDATA-907 if no action
   *     of it is annotated; or if the file is damaged
   */
  public static GroundTruth read(Path place, String subset) throws IOException {
    Path file = file(place);
    return of(file, AnnotationFile.read(file), rules(file), subset);
  }

  /** What the data folder around an annotation file uses of it; everything where there is none. */
  public static AnnotationRules rules(Path file) throws IOException {
    return described(file).map(DatasetDescription::rules).orElse(AnnotationRules.USUAL);
  }

  /**
   * The recordings of a subset.
   *
   * @param file where the annotations were read from
   * @param rules which labels are passed over, and which subsets are meant
   * @param subset as for {@link #read}
   * @throws DataFormatException as for {@link #read}
   */
  public static GroundTruth of(
      Path file, AnnotationFile annotations, AnnotationRules rules, String subset) {
    Set<String> there = subsets(annotations);
    List<String> meant = meant(file, annotations, rules, there, subset);
    for (String name : meant.isEmpty() ? List.of(subset) : meant) {
      if (!there.contains(name)) {
        throw DataFormatException.of(
            "KDATA-116",
            file,
            "no recording is in subset '" + Shown.of(name) + "'",
            "subsets here: " + Shown.some(there));
      }
    }
    Map<String, Recording> recordings = new LinkedHashMap<>();
    annotations
        .recordings()
        .forEach(
            (id, recording) -> {
              if (meant.contains(recording.subset())) {
                recordings.put(id, rules.apply(recording));
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

  private static List<String> meant(
      Path file,
      AnnotationFile annotations,
      AnnotationRules rules,
      Set<String> there,
      String subset) {
    boolean isRole = subset.equals(Dataset.TEST) || subset.equals(Dataset.TRAIN);
    if (there.contains(subset) && !(isRole && isChosen(rules, subset))) {
      return List.of(subset);
    }
    if (isRole) {
      SubsetChoice choice = SubsetChoice.of(file, rules, annotations.recordings().values());
      return subset.equals(Dataset.TEST) ? choice.test() : choice.train();
    }
    return List.of(subset.split(",", -1));
  }

  private static boolean isChosen(AnnotationRules rules, String role) {
    return !(role.equals(Dataset.TEST) ? rules.test() : rules.train()).isEmpty();
  }

  /** The names of the subsets. */
  public static SortedSet<String> subsets(AnnotationFile annotations) {
    TreeSet<String> subsets = new TreeSet<>();
    annotations.recordings().values().forEach(recording -> subsets.add(recording.subset()));
    return subsets;
  }

  /**
   * The subset to score where none is named: the only one, or what {@link SubsetChoice} scores on;
   * several with commas between them.
   *
   * @param file where the annotations were read from
   */
  public static Optional<String> usualSubset(
      Path file, AnnotationFile annotations, AnnotationRules rules) {
    SortedSet<String> subsets = subsets(annotations);
    if (subsets.size() == 1) {
      return Optional.of(subsets.first());
    }
    List<String> test = SubsetChoice.of(file, rules, annotations.recordings().values()).test();
    return test.isEmpty() ? Optional.empty() : Optional.of(String.join(",", test));
  }

  /** The annotated actions of each recording. */
  public Map<String, List<ActionInstance>> instances() {
    Map<String, List<ActionInstance>> instances = new LinkedHashMap<>();
    recordings.forEach((id, recording) -> instances.put(id, recording.instances()));
    return instances;
  }

  /** What the data folder around the file says of itself, where it is one. */
  public Optional<DatasetDescription> description() throws IOException {
    return described(file);
  }

  private static Optional<DatasetDescription> described(Path file) throws IOException {
    Path beside = file.resolveSibling(DatasetDescription.FILE_NAME);
    return Files.exists(beside) ? Optional.of(DatasetDescription.read(beside)) : Optional.empty();
  }
}
