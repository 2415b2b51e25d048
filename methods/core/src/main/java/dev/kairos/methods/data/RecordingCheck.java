// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.files.Shown;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Checks the ids and labels of recordings against what a data set allows. */
public final class RecordingCheck {
  /** Unknown labels for which a known one is looked for: one mistake in the list explains many. */
  private static final int MOST_SUGGESTIONS = 50;

  private final Path annotations;
  private final List<String> classes;
  private final Set<String> names;
  private final Map<String, Optional<String>> nearest = new HashMap<>();

  /**
   * A check.
   *
   * @param annotations the file that lists the recordings, for messages
   * @param classes every label that is allowed
   */
  public RecordingCheck(Path annotations, List<String> classes) {
    this.annotations = annotations;
    this.classes = classes;
    this.names = new HashSet<>(classes);
  }

  /**
   * Refuses the first recording that is not allowed.
   *
   * @throws dev.kairos.tensor.io.DataFormatException naming the file and the recording
   */
  public void require(Iterable<Recording> recordings) {
    for (Recording recording : recordings) {
      check(
          recording,
          (kind, finding) -> {
            throw finding.failure();
          });
    }
  }

  /**
   * Looks at a recording.
   *
   * @param findings told what is wrong, with the kind it belongs to
   */
  void check(Recording recording, BiConsumer<String, Finding> findings) {
    String place = "recording '" + Shown.of(recording.id()) + "': ";
    String idProblem = FileNames.problem(recording.id());
    if (!idProblem.isEmpty()) {
      Finding finding =
          Finding.fatal(
              "KDATA-115",
              annotations,
              place,
              "the id " + idProblem,
              "rename it; its features are in features/<stream>/<id>.npy");
      findings.accept(finding.kind(), finding);
    }
    for (String label : recording.labels()) {
      if (!names.contains(label)) {
        unknown(place, label, findings);
      }
    }
  }

  private void unknown(String place, String label, BiConsumer<String, Finding> findings) {
    Optional<String> near = Optional.empty();
    if (nearest.containsKey(label) || nearest.size() < MOST_SUGGESTIONS) {
      near = nearest.computeIfAbsent(label, name -> NearestName.among(name, classes));
    }
    String fix =
        near.map(name -> "did you mean '" + name + "'?")
            .orElse("add it to 'classes' in " + DatasetDescription.FILE_NAME);
    findings.accept(
        near.isEmpty() ? "unknown label" : "unknown label " + label,
        Finding.fatal(
            "KDATA-114",
            annotations,
            place,
            "label '" + Shown.of(label) + "' is not a class",
            fix));
  }
}
