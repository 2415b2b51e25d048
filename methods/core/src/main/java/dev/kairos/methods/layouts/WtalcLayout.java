// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import dev.kairos.methods.data.AnnotationRules;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.SnippetTiming;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.pickle.Pickle;
import dev.kairos.tensor.pickle.PickleArray;
import dev.kairos.tensor.pickle.PickleValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The bundle of W-TALC: arrays of objects that have one entry a recording. {@code
 * *-JOINTFeatures.npy} holds the features; {@code videoname}, {@code subset}, {@code segments},
 * {@code labels}, {@code labels_all}, {@code classlist} and {@code duration} say the rest.
 */
final class WtalcLayout implements Layout {
  private static final LayoutFacts FACTS =
      new LayoutFacts("wtalc", "", List.of(), LayoutFacts.THUMOS_FPS, 16, 16);
  private static final List<String> TWO = List.of("rgb", "flow");

  @Override
  public String name() {
    return FACTS.name();
  }

  @Override
  public String about() {
    return "*-JOINTFeatures.npy of all recordings, and videoname, subset, segments, labels, classlist"
        + ".npy";
  }

  @Override
  public ImportedData read(Path from, ImportOptions options) throws IOException {
    List<String> notes = new ArrayList<>();
    FileSearch files = FileSearch.in(from);
    Path joint =
        files
            .first(file -> file.getFileName().toString().endsWith("JOINTFeatures.npy"))
            .orElseThrow(() -> lacks(from, "*-JOINTFeatures.npy"));
    List<String> names = PickledTexts.of(required(from, files, "videoname.npy"));
    List<String> subsets = PickledTexts.of(required(from, files, "subset.npy"));
    requireAsMany(from, "subset.npy", names, subsets.size());
    requireAsMany(from, "videoname.npy without repetitions", names, Set.copyOf(names).size());
    Annotations annotations = new Annotations(from, files, names.size());
    Map<String, NpyArray> features = features(joint, names);
    List<Recording> recordings = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (features.containsKey(names.get(i))) {
        recordings.add(annotations.recording(i, names.get(i), subsets.get(i)));
      } else {
        missing.add(names.get(i));
      }
    }
    if (!missing.isEmpty() && !options.skipMissing()) {
      throw DataFormatException.of(
          "KDATA-131",
          joint,
          "%s without rows, the first %s"
              .formatted(Plural.of(missing.size(), "recording"), missing.get(0)),
          "--skip-missing leaves them out");
    }
    Map<String, Integer> rows = new LinkedHashMap<>();
    features.forEach((id, array) -> rows.put(id, array.dim(0)));
    TimeGuess time = new TimeGuess(FACTS, options.time(), notes);
    SnippetTiming timing = time.of(from, recordings, rows);
    PointSearch points = new PointSearch(files, options, notes);
    List<Recording> marked = points.applied(recordings, timing);
    ClassList classes = ClassList.of(files, options, marked, notes);
    List<FeatureStream> streams = streams(joint, features, options, notes);
    DatasetDescription description =
        new DatasetDescription(
            options.nameOr(from),
            streams,
            Map.of(),
            timing,
            classes.names(),
            AnnotationRules.USUAL.ignoring(classes.ignored()).by(points.annotator()),
            "Imported as " + name() + ". " + JsonLayout.sentences(notes),
            "",
            points.source());
    List<Recording> used = classes.marked(marked);
    classes.require(joint, used);
    return new ImportedData(
        description,
        used,
        (recording, stream) -> {
          NpyArray array = features.get(recording.id());
          if (array == null) {
            throw new IllegalArgumentException("no features of recording " + recording.id());
          }
          return cut(streams, stream, array);
        },
        notes,
        missing);
  }

  private static DataFormatException lacks(Path from, String name) {
    return DataFormatException.of(
        "KDATA-171", from, "holds no " + name, "name another folder or layout");
  }

  private static Path required(Path from, FileSearch files, String name) {
    return files.first(name).orElseThrow(() -> lacks(from, name));
  }

  private static void requireAsMany(Path from, String file, List<String> names, int found) {
    if (found != names.size()) {
      throw DataFormatException.of(
          "KDATA-175",
          from,
          "%s has %s, videoname.npy %d".formatted(file, Plural.of(found, "entry"), names.size()),
          "get the bundle again");
    }
  }

  /** The rows of the recordings that have any. */
  private static Map<String, NpyArray> features(Path joint, List<String> names) throws IOException {
    PickleArray all = Pickle.readNpy(joint);
    if (!all.isObjects() || all.objects().size() != names.size()) {
      throw DataFormatException.of(
          "KDATA-175",
          joint,
          "holds %s, expected an array for each of %s"
              .formatted(all.describe(), Plural.of(names.size(), "recording")),
          "get the bundle again");
    }
    Map<String, NpyArray> features = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      PickleValue value = all.objects().get(i);
      if (!(value instanceof PickleArray array) || array.isObjects() || array.shape().length != 2) {
        throw DataFormatException.of(
            "KDATA-175",
            joint,
            "recording '%s': holds %s, expected an array [T, D]"
                .formatted(names.get(i), value.describe()),
            "get the bundle again");
      }
      if (array.shape()[0] > 0) {
        features.put(names.get(i), array.plain());
      }
    }
    return features;
  }

  private static List<FeatureStream> streams(
      Path joint, Map<String, NpyArray> features, ImportOptions options, List<String> notes) {
    int width = features.values().stream().findFirst().map(array -> array.dim(1)).orElse(0);
    List<String> names = options.streams().isEmpty() ? TWO : options.streams();
    if (width == 0 || width % names.size() != 0) {
      throw DataFormatException.of(
          "KDATA-172",
          joint,
          "rows of %s cannot be cut into %s of one width"
              .formatted(Plural.of(width, "column"), Plural.of(names.size(), "stream")),
          "name the streams with --streams");
    }
    List<FeatureStream> streams =
        names.stream().map(name -> new FeatureStream(name, width / names.size())).toList();
    notes.add(
        "the %d columns of a row are %s, in this order (say otherwise with --streams)"
            .formatted(width, FeatureStream.named(streams)));
    return streams;
  }

  private static FeatureSequence cut(
      List<FeatureStream> streams, FeatureStream stream, NpyArray array) {
    float[] all = array.toFloats();
    int width = stream.width();
    int first = streams.indexOf(stream) * width;
    float[] values = new float[array.dim(0) * width];
    for (int t = 0; t < array.dim(0); t++) {
      System.arraycopy(all, t * array.dim(1) + first, values, t * width, width);
    }
    return FeatureSequence.of(array.dim(0), width, values);
  }

  /** What is annotated, by the number of the recording. */
  private static final class Annotations {
    private final List<List<String>> labels;
    private final List<List<String>> labelsAlone;
    private final List<List<Segment>> segments;
    private final List<Double> durations;

    Annotations(Path from, FileSearch files, int count) throws IOException {
      Optional<Path> segmentFile = files.first("segments.npy");
      Optional<Path> labelFile = files.first("labels.npy");
      Path all =
          files
              .first("labels_all.npy", "labels.npy")
              .orElseThrow(() -> lacks(from, "labels_all.npy"));
      labelsAlone = PickledTexts.lists(all);
      segments = segmentFile.isPresent() ? PickledTexts.segments(segmentFile.get()) : List.of();
      labels = labelFile.isPresent() ? PickledTexts.lists(labelFile.get()) : labelsAlone;
      Optional<Path> durationFile = files.first("duration.npy");
      durations = durationFile.isPresent() ? PickledTexts.numbers(durationFile.get()) : List.of();
      List<String> expected = java.util.Collections.nCopies(count, "");
      requireAsMany(from, all.getFileName().toString(), expected, labelsAlone.size());
      if (!segments.isEmpty()) {
        requireAsMany(from, "segments.npy", expected, segments.size());
      }
    }

    Recording recording(int i, String id, String subset) {
      double duration =
          i < durations.size() && durations.get(i) > 0 ? durations.get(i) : Double.NaN;
      List<ActionInstance> instances = new ArrayList<>();
      List<Segment> places = i < segments.size() ? segments.get(i) : List.of();
      List<String> named = i < labels.size() ? labels.get(i) : List.of();
      for (int k = 0; k < places.size() && places.size() == named.size(); k++) {
        instances.add(new ActionInstance(named.get(k), places.get(k)));
      }
      Recording recording = new Recording(id, subset, duration, instances, List.of());
      LinkedHashSet<String> alone = new LinkedHashSet<>(labelsAlone.get(i));
      alone.removeAll(recording.labels());
      return recording.withActions(instances, alone);
    }
  }
}
