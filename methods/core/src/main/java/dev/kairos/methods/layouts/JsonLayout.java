// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import dev.kairos.methods.data.AnnotationFile;
import dev.kairos.methods.data.AnnotationRules;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.SnippetTiming;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Layouts with a JSON file of annotations and a feature file a recording. */
record JsonLayout(LayoutFacts facts) implements Layout {
  @Override
  public String name() {
    return facts.name();
  }

  @Override
  public String about() {
    return facts.about();
  }

  @Override
  public ImportedData read(Path from, ImportOptions options) throws IOException {
    if (!Files.isDirectory(from)) {
      throw DataFormatException.of("KDATA-171", from, "no such folder", "name one with --from");
    }
    List<String> notes = new ArrayList<>();
    FileSearch files = FileSearch.in(from);
    Path json = annotations(from, files, options);
    notes.add("annotations: " + json);
    List<Recording> all = List.copyOf(AnnotationFile.read(json).recordings().values());
    all = FrameCounts.read(json).applied(all);
    all = new IdLists(files, notes).applied(all);
    FoundFeatures features = FoundFeatures.in(from, all, options, notes);
    List<Recording> recordings = features.named(all);
    List<String> missing = features.missing(recordings, options.skipMissing());
    recordings = without(recordings, Set.copyOf(missing), notes);
    if (recordings.isEmpty()) {
      throw DataFormatException.of(
          "KDATA-139", from, "no recording has features in every stream", "bring those missing");
    }
    TimeGuess time = new TimeGuess(facts, options.time(), notes);
    Map<String, Integer> rows = features.rows(recordings);
    SnippetTiming timing = time.of(from, recordings, rows);
    PointSearch points = new PointSearch(files, options, notes);
    recordings = points.applied(recordings, timing);
    recordings = time.withFps(recordings);
    ClassList classes = ClassList.of(files, options, recordings, notes);
    DatasetDescription description =
        new DatasetDescription(
            options.nameOr(from),
            features.streams(),
            features.places(),
            timing,
            classes.names(),
            AnnotationRules.USUAL.ignoring(classes.ignored()).by(points.annotator()),
            "Imported as " + name() + ". " + sentences(notes),
            "",
            points.source());
    List<Recording> marked = classes.marked(recordings);
    classes.require(json, marked);
    return new ImportedData(description, marked, null, notes, missing);
  }

  static String sentences(List<String> notes) {
    return String.join(". ", notes) + ".";
  }

  private static List<Recording> without(
      List<Recording> recordings, Set<String> missing, List<String> notes) {
    if (!missing.isEmpty()) {
      notes.add(
          "left out, as they have no features: %s: %s"
              .formatted(Plural.of(missing.size(), "recording"), Shown.some(missing)));
    }
    return recordings.stream().filter(recording -> !missing.contains(recording.id())).toList();
  }

  private Path annotations(Path from, FileSearch files, ImportOptions options) {
    Path given = options.annotations();
    if (given != null) {
      return given;
    }
    if (!facts.annotations().isEmpty()) {
      return files
          .first(facts.annotations().toArray(String[]::new))
          .orElseThrow(
              () ->
                  DataFormatException.of(
                      "KDATA-171",
                      from,
                      "holds no " + String.join(" or ", facts.annotations()),
                      "name the annotations with --annotations, or another layout"));
    }
    List<Path> found =
        files.ending(".json", ".json.gz").stream().filter(this::hasDatabase).toList();
    if (found.size() != 1) {
      throw DataFormatException.of(
          "KDATA-171",
          from,
          found.isEmpty()
              ? "holds no JSON file with a 'database' of annotations"
              : "holds several files of annotations: "
                  + Shown.some(found.stream().map(Path::toString).toList()),
          "name the annotations with --annotations");
    }
    return found.get(0);
  }

  private boolean hasDatabase(Path file) {
    return FrameCounts.isAnnotations(file);
  }
}
