// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import dev.kairos.methods.data.AnnotationRules;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.RecordingCheck;
import dev.kairos.methods.files.TextFile;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The classes of an imported data set.
 *
 * @param names in order of their indices
 * @param ignored labels that are passed over
 */
record ClassList(List<String> names, List<String> ignored) {
  private static final int MAX_BYTES = 1 << 22;
  private static final String AMBIGUOUS = "Ambiguous";

  /** By a file of names, or else the labels that occur, sorted. */
  static ClassList of(
      FileSearch files, ImportOptions options, List<Recording> recordings, List<String> notes)
      throws IOException {
    Set<String> labels = new TreeSet<>();
    recordings.forEach(recording -> labels.addAll(recording.labels()));
    Path given = options.classes();
    Optional<Path> file =
        given == null
            ? files.first("category_idx.txt", "classes.txt", "classlist.txt")
            : Optional.of(given);
    List<String> named = file.isPresent() ? read(file.get()) : List.of();
    List<String> ignored = new ArrayList<>(options.ignored());
    if (labels.contains(AMBIGUOUS) && !named.contains(AMBIGUOUS) && !ignored.contains(AMBIGUOUS)) {
      ignored.add(AMBIGUOUS);
      notes.add("label Ambiguous is passed over");
    }
    labels.removeAll(ignored);
    if (labels.isEmpty() && named.isEmpty()) {
      throw DataFormatException.of(
          "KDATA-176",
          given == null ? Path.of("annotations") : given,
          "no recording has a label, and no class is named",
          "annotate at least one, or name the classes with --classes");
    }
    boolean isComplete = named.containsAll(labels);
    if (!named.isEmpty() && (isComplete || given != null)) {
      notes.add("classes in the order of " + file.get().getFileName());
      return new ClassList(named, ignored);
    }
    notes.add("classes: the labels that occur, sorted");
    return new ClassList(List.copyOf(labels), ignored);
  }

  /**
   * Refuses ids that cannot be file names, and labels that are neither classes nor passed over.
   *
   * @param file that has them, for messages
   */
  void require(Path file, List<Recording> recordings) {
    AnnotationRules rules = AnnotationRules.USUAL.ignoring(ignored);
    new RecordingCheck(file, names).require(recordings.stream().map(rules::apply).toList());
  }

  /** Recordings without points of labels that are passed over. */
  List<Recording> marked(List<Recording> recordings) {
    return recordings.stream()
        .map(
            recording ->
                recording.withPoints(
                    recording.points().stream()
                        .filter(point -> !ignored.contains(point.label()))
                        .toList()))
        .toList();
  }

  /** A name a line; a number before it, as some lists have, does not belong to it. */
  private static List<String> read(Path file) throws IOException {
    return TextFile.read(file, MAX_BYTES, "class names, one a line")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(line -> line.replaceFirst("^\\d+[\\s,]+(?=\\D)", ""))
        .distinct()
        .toList();
  }
}
