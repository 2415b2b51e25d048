// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds every problem of a data folder in one pass, so that a user repairs it once and not file by
 * file: what has one cause is one problem. {@link Dataset#open} and the reading of features stop at
 * the first of these problems instead.
 */
public final class DatasetCheck {
  private final Path folder;
  private final OpenOptions options;
  private final boolean readValues;
  private final Findings findings = new Findings();

  private DatasetCheck(Path folder, OpenOptions options, boolean readValues) {
    this.folder = folder;
    this.options = options;
    this.readValues = readValues;
  }

  /**
   * Checks the description, the annotations, the points, and the header of every feature file.
   *
   * @return what is wrong, by kind and in the order found; empty when nothing is
   */
  public static List<DatasetProblem> problems(Path folder) throws IOException {
    return problems(folder, OpenOptions.USUAL);
  }

  /** The same of a folder that is to be opened in a certain way. */
  public static List<DatasetProblem> problems(Path folder, OpenOptions options) throws IOException {
    return new DatasetCheck(folder, options, false).run();
  }

  /** The same, and reads every feature file to the end: finds cut files, NaN and infinity. */
  public static List<DatasetProblem> problemsInValuesToo(Path folder) throws IOException {
    return problemsInValuesToo(folder, OpenOptions.USUAL);
  }

  /** The same of a folder that is to be opened in a certain way. */
  public static List<DatasetProblem> problemsInValuesToo(Path folder, OpenOptions options)
      throws IOException {
    return new DatasetCheck(folder, options, true).run();
  }

  /** What is wrong with an annotation file, by itself. */
  public static List<DatasetProblem> annotationProblems(Path file) throws IOException {
    DatasetCheck check = new DatasetCheck(file, OpenOptions.USUAL, false);
    AnnotationFile ignored = check.annotated(file);
    return check.findings.problems();
  }

  private List<DatasetProblem> run() throws IOException {
    if (attempt(folder, () -> requireFolder()) == null) {
      return findings.problems();
    }
    Path toml = folder.resolve(DatasetDescription.FILE_NAME);
    DatasetDescription said = attempt(toml, () -> DatasetFile.read(toml, findings::add));
    DatasetDescription description = said == null ? null : options.applied(said);
    Path annotations = AnnotationFile.in(folder);
    AnnotationFile annotated = annotated(annotations);
    if (description != null && annotated != null) {
      Map<String, Recording> read = new LinkedHashMap<>();
      annotated
          .recordings()
          .forEach((id, recording) -> read.put(id, description.rules().apply(recording)));
      Map<String, Recording> recordings = withPoints(description, read);
      checkRecordings(description, annotations, annotated, recordings);
      checkFeatures(description, annotations, recordings);
    }
    return findings.problems();
  }

  private boolean requireFolder() {
    Dataset.requireFolder(folder);
    return true;
  }

  private @Nullable AnnotationFile annotated(Path file) throws IOException {
    AnnotationFile read = attempt(file, () -> AnnotationReader.read(file, findings::add));
    if (read != null && !findings.anyFatalIn(file)) {
      attempt(
          file,
          () -> {
            AnnotatedFolder.requireRecordings(file, read);
            return true;
          });
    }
    if (read != null) {
      read.oddities().forEach(odd -> findings.add(odd.fix(), odd)); // which each kind has its own
    }
    return read;
  }

  private Map<String, Recording> withPoints(
      DatasetDescription description, Map<String, Recording> read) throws IOException {
    Map<String, Recording> recordings = new LinkedHashMap<>(read);
    Path file = folder.resolve(PointFile.FILE_NAME);
    if (Files.exists(file)) {
      Map<String, List<PointLabel>> points =
          attempt(
              file,
              () ->
                  PointFile.read(
                      file,
                      recordings,
                      description.classes(),
                      description.rules().annotator(),
                      findings::add));
      if (points != null) {
        points.forEach(
            (id, labels) -> {
              labels.forEach(point -> checkPoint(file, read.get(id), point));
              recordings.computeIfPresent(id, (key, r) -> r.withPoints(labels));
            });
      }
    }
    return recordings;
  }

  private void checkPoint(Path file, @Nullable Recording recording, PointLabel point) {
    if (recording == null) {
      return;
    }
    String place = "recording '" + Shown.of(recording.id()) + "': ";
    String name = "point at " + point.seconds() + " s ";
    if (recording.hasDuration() && point.seconds() > recording.duration()) {
      String problem = name + "lies beyond its " + recording.duration() + " s";
      findings.add(Finding.warning("KDATA-136", file, place, problem, ""));
    }
    if (!recording.instances().isEmpty() && !recording.labels().contains(point.label())) {
      findings.add(
          Finding.warning(
              "KDATA-136",
              file,
              place,
              name
                  + "is of class '"
                  + Shown.of(point.label())
                  + "', which the annotation does not have",
              "add the class to the recording's annotations, or correct the point"));
    }
  }

  private void checkRecordings(
      DatasetDescription description,
      Path annotations,
      AnnotationFile annotated,
      Map<String, Recording> recordings)
      throws IOException {
    RecordingCheck check = new RecordingCheck(annotations, description.classes());
    Set<String> used = new HashSet<>();
    int toTrain = 0;
    int labelled = 0;
    SubsetChoice choice =
        attempt(
            annotations,
            () -> SubsetChoice.of(annotations, description.rules(), recordings.values()));
    if (choice == null) {
      return;
    }
    for (Recording recording : recordings.values()) {
      check.check(recording, findings::add);
      used.addAll(recording.labels());
      if (choice.train().contains(recording.subset())) {
        toTrain++;
        labelled += recording.labels().isEmpty() ? 0 : 1;
        if (recording.labels().isEmpty()
            && !description.rules().negatives()
            && !annotated.doubtful().contains(recording.id())) {
          findings.add(
              Finding.warning(
                  "KDATA-136",
                  annotations,
                  "recording '" + Shown.of(recording.id()) + "': ",
                  "is to train on but has no label",
                  "annotate it, give it another subset, or set unlabelled = \"negative\" in "
                      + DatasetDescription.FILE_NAME
                      + " if nothing happens in such"));
        }
      }
    }
    if (annotated.doubtful().isEmpty() && !recordings.isEmpty()) {
      if (toTrain == 0) {
        findings.add(Dataset.noSuchSubset(annotations, Dataset.TRAIN, recordings.values()));
      } else if (labelled == 0) {
        findings.add(Dataset.noLabel(annotations));
      }
    }
    List<String> unused = description.classes().stream().filter(c -> !used.contains(c)).toList();
    if (!unused.isEmpty()) {
      String problem =
          unused.size() == 1
              ? "no recording has class '" + Shown.of(unused.get(0)) + "'"
              : "no recording has one of " + unused.size() + " classes: " + Shown.some(unused);
      findings.add(Finding.warning("KDATA-136", annotations, "", problem, ""));
    }
  }

  private void checkFeatures(
      DatasetDescription description, Path annotations, Map<String, Recording> recordings)
      throws IOException {
    List<Recording> named =
        recordings.values().stream().filter(r -> FileNames.problem(r.id()).isEmpty()).toList();
    Set<String> whole =
        new FeatureCheck(folder, description, options.skipMissing(), findings).check(named);
    DurationCheck durations = new DurationCheck(annotations, description.timing());
    for (Recording recording : named) {
      Integer length = length(description, recording, whole.contains(recording.id()));
      SnippetGrid grid =
          length == null
              ? null
              : attempt(
                  annotations, () -> description.timing().grid(annotations, recording, length));
      if (grid != null) {
        durations.add(recording, grid);
      }
    }
    durations.report(findings);
  }

  /** The snippets that all streams of a recording have, or null if that cannot be said. */
  private @Nullable Integer length(
      DatasetDescription description, Recording recording, boolean whole) throws IOException {
    Map<Path, Integer> lengths = new LinkedHashMap<>();
    int known = 0;
    for (FeatureStream stream : description.streams()) {
      FeaturePlace place = description.place(stream);
      Path file = place.file(folder, recording, recording.subset());
      if (!whole && !Files.exists(file)) {
        continue; // missing, and said
      }
      Integer length =
          attempt(file, () -> FeatureFile.length(file, stream, place.layout(), place.key()));
      if (length != null) {
        known++;
        lengths.put(file, length);
        if (readValues) {
          attempt(file, () -> FeatureFile.read(file, stream, place.layout(), place.key()));
        }
      }
    }
    return known == description.streams().size()
        ? attempt(Dataset.longest(lengths), () -> Dataset.commonLength(lengths))
        : null;
  }

  private interface Step<T> {
    @Nullable T run() throws IOException;
  }

  /** The step's result, or null after noting what was wrong. */
  private <T> @Nullable T attempt(Path file, Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (DataFormatException e) {
      findings.add(Finding.of(file, e));
    } catch (ClosedChannelException e) {
      throw e; // interrupted
    } catch (IOException e) {
      String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
      String why =
          e instanceof AccessDeniedException ? "permission denied" : String.valueOf(reason);
      findings.add(Finding.fatal("KDATA-137", file, "", "cannot be read: " + why, ""));
    }
    return null;
  }
}
