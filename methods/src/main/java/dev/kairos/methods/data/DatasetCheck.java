// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is wrong with a data folder, found in one pass, so that a user repairs it once
 * and not file by file. {@link Dataset#open} and the reading of features stop at the first of these
 * problems instead.
 */
public final class DatasetCheck {
  /** How many problems are listed at most; one more line then counts the rest. */
  public static final int MAX_PROBLEMS = 50;

  private static final double DURATION_TOLERANCE = 0.1;
  private static final int DURATION_TOLERANCE_SNIPPETS = 4;

  private final Path folder;
  private final boolean readValues;
  private final List<DatasetProblem> problems = new ArrayList<>();
  private int found;

  private DatasetCheck(Path folder, boolean readValues) {
    this.folder = folder;
    this.readValues = readValues;
  }

  /**
   * Checks the description, the annotations, the points, and the header of every feature file.
   *
   * @return what is wrong, empty when nothing is; fatal problems and warnings in the order found
   */
  public static List<DatasetProblem> problems(Path folder) throws IOException {
    return new DatasetCheck(folder, false).run();
  }

  /** The same, and reads every feature file to the end: finds cut files, NaN and infinity. */
  public static List<DatasetProblem> problemsInValuesToo(Path folder) throws IOException {
    return new DatasetCheck(folder, true).run();
  }

  private List<DatasetProblem> run() throws IOException {
    if (attempt(() -> requireFolder()) == null) {
      return problems;
    }
    DatasetDescription description =
        attempt(() -> DatasetDescription.read(folder.resolve(DatasetDescription.FILE_NAME)));
    Path annotations = folder.resolve(AnnotationFile.FILE_NAME);
    AnnotationFile annotated = attempt(() -> annotated(annotations));
    if (annotated != null) {
      annotated
          .warnings()
          .forEach(w -> warn("KDATA-112", annotations, w, "the segment is used as it is"));
    }
    if (description != null && annotated != null) {
      checkRecordings(description, annotations, annotated.recordings());
      for (FeatureStream stream : description.streams()) {
        checkForExtraFiles(stream, annotated.recordings().keySet());
      }
      checkForExtraStreams(description);
    }
    if (found > MAX_PROBLEMS) {
      problems.add(
          new DatasetProblem(false, "KDATA-136", "and " + (found - MAX_PROBLEMS) + " more", ""));
    }
    return List.copyOf(problems);
  }

  private static AnnotationFile annotated(Path file) throws IOException {
    AnnotationFile read = AnnotationFile.read(file);
    Dataset.requireRecordings(file, read);
    return read;
  }

  private boolean requireFolder() {
    Dataset.requireFolder(folder);
    return true;
  }

  private void checkRecordings(
      DatasetDescription description, Path annotations, Map<String, Recording> recordings)
      throws IOException {
    Set<String> used = new HashSet<>();
    for (Recording recording : recordings.values()) {
      List<DataFormatException> failures =
          Dataset.failures(annotations, recording, description.classes());
      failures.forEach(this::fail);
      used.addAll(recording.labels());
      if (recording.instances().isEmpty() && recording.subset().startsWith("train")) {
        warn(
            "KDATA-136",
            annotations,
            "recording '" + FileNames.shown(recording.id()) + "' is to train on but has no label",
            "annotate it, or move it to another subset");
      }
      if (failures.stream().noneMatch(f -> f.code().equals("KDATA-115"))) {
        checkFeatures(description, recording);
      }
    }
    for (String label : description.classes()) {
      if (!used.contains(label)) {
        warn("KDATA-136", annotations, "no recording has class '" + label + "'", "");
      }
    }
    checkPoints(description, recordings);
  }

  private void checkPoints(DatasetDescription description, Map<String, Recording> recordings)
      throws IOException {
    Path file = folder.resolve(PointFile.FILE_NAME);
    if (!Files.exists(file)) {
      return;
    }
    Map<String, List<PointLabel>> points =
        attempt(() -> PointFile.read(file, recordings, description.classes()));
    if (points == null) {
      return;
    }
    points.forEach(
        (id, labels) -> {
          Recording recording = recordings.get(id);
          if (recording != null) {
            labels.forEach(point -> checkPoint(file, recording, point));
          }
        });
  }

  private void checkPoint(Path file, Recording recording, PointLabel point) {
    String name = "recording '" + recording.id() + "': point at " + point.seconds() + " s ";
    if (recording.hasDuration() && point.seconds() > recording.duration()) {
      warn("KDATA-136", file, name + "lies beyond its " + recording.duration() + " s", "");
    }
    if (!recording.instances().isEmpty() && !recording.labels().contains(point.label())) {
      warn(
          "KDATA-136",
          file,
          name + "is of class '" + point.label() + "', which the annotation does not have",
          "add the class to the recording's annotations, or remove the point");
    }
  }

  private void checkFeatures(DatasetDescription description, Recording recording)
      throws IOException {
    Map<Path, Integer> lengths = new LinkedHashMap<>();
    for (FeatureStream stream : description.streams()) {
      Path file = Dataset.featureFolder(folder, stream).resolve(recording.id() + ".npy");
      Integer length = attempt(() -> FeatureFile.length(file, stream));
      if (length != null) {
        lengths.put(file, length);
        if (readValues) {
          attempt(() -> FeatureFile.read(file, stream));
        }
      }
    }
    if (lengths.size() == description.streams().size()) {
      Integer length = attempt(() -> Dataset.commonLength(lengths));
      if (length != null) {
        checkDuration(description, recording, length);
      }
    }
  }

  /** Features that cover another time than the recording lasts: the usual wrong fps or stride. */
  private void checkDuration(DatasetDescription description, Recording recording, int length) {
    double seconds = length * description.secondsPerSnippet();
    double difference = Math.abs(seconds - recording.duration());
    if (recording.hasDuration()
        && difference > DURATION_TOLERANCE * recording.duration()
        && difference > DURATION_TOLERANCE_SNIPPETS * description.secondsPerSnippet()) {
      warn(
          "KDATA-136",
          folder.resolve(AnnotationFile.FILE_NAME),
          "recording '%s' lasts %.2f s, but its %d snippets cover %.2f s"
              .formatted(recording.id(), recording.duration(), length, seconds),
          "correct fps and stride in " + DatasetDescription.FILE_NAME);
    }
  }

  private void checkForExtraFiles(FeatureStream stream, Set<String> ids) throws IOException {
    Path streamFolder = Dataset.featureFolder(folder, stream);
    for (Path file : children(streamFolder).values()) {
      String name = String.valueOf(file.getFileName());
      if (!name.endsWith(".npy") || !ids.contains(name.substring(0, name.length() - 4))) {
        warn(
            "KDATA-135",
            file,
            "belongs to no recording in " + AnnotationFile.FILE_NAME,
            "remove it, or annotate the recording");
      }
    }
  }

  private void checkForExtraStreams(DatasetDescription description) throws IOException {
    List<String> names = description.streams().stream().map(FeatureStream::name).toList();
    for (Map.Entry<String, Path> child : children(folder.resolve("features")).entrySet()) {
      if (!names.contains(child.getKey())) {
        warn(
            "KDATA-135",
            child.getValue(),
            "is no stream in " + DatasetDescription.FILE_NAME,
            "remove it, or describe it under [[streams]]");
      }
    }
  }

  private static Map<String, Path> children(Path parent) throws IOException {
    Map<String, Path> children = new TreeMap<>();
    if (Files.isDirectory(parent)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
        entries.forEach(entry -> children.put(String.valueOf(entry.getFileName()), entry));
      }
    }
    return children;
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  /** The step's result, or null after noting what was wrong. */
  private <T> @Nullable T attempt(Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (DataFormatException e) {
      fail(e);
      return null;
    }
  }

  private void fail(DataFormatException failure) {
    note(DatasetProblem.of(failure));
  }

  private void warn(String code, Path file, String problem, String fix) {
    note(DatasetProblem.warning(code, file, problem, fix));
  }

  private void note(DatasetProblem problem) {
    found++;
    if (found <= MAX_PROBLEMS) {
      problems.add(problem);
    }
  }
}
