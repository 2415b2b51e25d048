// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.AnnotationFile;
import dev.kairos.methods.data.AnnotationRules;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.evaluation.GroundTruth;
import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.files.Shown;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Which subset of the annotations somebody means. */
final class ChosenSubset {
  private ChosenSubset() {}

  /**
   * Reads annotations.
   *
   * @param place an annotation file, or a data folder that holds one
   * @param wanted the subset, several with commas between them, or null to take the only one or the
   *     one to score on
   * @param ignored labels that are passed over, beside those that the data folder passes over
   */
  static GroundTruth read(
      Path place, @Nullable String wanted, List<String> ignored, Messages messages)
      throws IOException {
    Path file = GroundTruth.file(place);
    AnnotationFile annotations = AnnotationFile.read(file);
    annotations.warnings().forEach(messages::detail);
    SortedSet<String> subsets = GroundTruth.subsets(annotations);
    AnnotationRules rules = GroundTruth.rules(file).ignoring(ignored);
    String subset = wanted == null ? choose(file, annotations, rules, messages) : wanted;
    boolean isRole = subset.equals(Dataset.TRAIN) || subset.equals(Dataset.TEST);
    if (!isRole && !subsets.containsAll(List.of(subset.split(",", -1)))) {
      throw new UsageException(
          "--subset " + Shown.of(subset) + ": " + file + " has the subsets " + Shown.some(subsets),
          NearestName.among(subset, subsets).map(near -> "--subset " + near).orElse("name one"));
    }
    return GroundTruth.of(file, annotations, rules, subset);
  }

  private static String choose(
      Path file, AnnotationFile annotations, AnnotationRules rules, Messages messages) {
    SortedSet<String> subsets = GroundTruth.subsets(annotations);
    if (subsets.isEmpty()) {
      throw DataFormatException.of("KDATA-908", file, "no recording in it");
    }
    String usual =
        GroundTruth.usualSubset(file, annotations, rules)
            .orElseThrow(
                () ->
                    new UsageException(
                        file + " has the subsets " + Shown.some(subsets),
                        "name one with --subset"));
    if (subsets.size() > 1) {
      messages.info("subset " + usual + " (there are " + Shown.some(subsets) + ")");
    }
    return usual;
  }
}
