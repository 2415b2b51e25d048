// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.AnnotationFile;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The annotated recordings of one subset.
 *
 * @param file where they were read from
 * @param subset its name
 * @param recordings by id, in file order
 */
record Truth(Path file, String subset, Map<String, Recording> recordings) {

  /**
   * Reads annotations.
   *
   * @param place an annotation file, or a data folder that holds one
   * @param wanted the subset, or null to take the only one, or the one named test
   */
  static Truth read(Path place, @Nullable String wanted, Messages messages) throws IOException {
    Path file = Files.isDirectory(place) ? place.resolve(AnnotationFile.FILE_NAME) : place;
    AnnotationFile annotations = AnnotationFile.read(file);
    annotations.warnings().forEach(messages::detail);
    TreeSet<String> subsets = new TreeSet<>();
    annotations.recordings().values().forEach(recording -> subsets.add(recording.subset()));
    String subset = wanted == null ? choose(file, subsets, messages) : wanted;
    if (!subsets.contains(subset)) {
      throw new UsageException(
          "--subset " + Shown.of(subset) + ": " + file + " has the subsets " + Shown.some(subsets),
          NearestName.among(subset, subsets).map(near -> "--subset " + near).orElse("name one"));
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
    return new Truth(file, subset, recordings);
  }

  private static String choose(Path file, TreeSet<String> subsets, Messages messages) {
    if (subsets.isEmpty()) {
      throw DataFormatException.of("KDATA-908", file, "no recording in it");
    }
    if (subsets.size() == 1) {
      return subsets.first();
    }
    String test =
        subsets.stream()
            .filter(name -> name.equalsIgnoreCase("test"))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        file + " has the subsets " + Shown.some(subsets),
                        "name one with --subset"));
    messages.info("subset " + test + " (there are " + Shown.some(subsets) + ")");
    return test;
  }

  /** The annotated actions of each recording. */
  Map<String, List<ActionInstance>> instances() {
    Map<String, List<ActionInstance>> instances = new LinkedHashMap<>();
    recordings.forEach((id, recording) -> instances.put(id, recording.instances()));
    return instances;
  }

  /** What the data folder around the file says of itself, where it is one. */
  Optional<DatasetDescription> description() throws IOException {
    Path beside = file.resolveSibling(DatasetDescription.FILE_NAME);
    return Files.exists(beside) ? Optional.of(DatasetDescription.read(beside)) : Optional.empty();
  }
}
