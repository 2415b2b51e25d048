// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Recordings with their labels and features: a data folder that has been opened, whose features are
 * read when asked for, or a set that a program holds in memory.
 */
public final class Dataset {
  /** The subset that methods learn from. */
  public static final String TRAIN = "train";

  /** The subset that runs are scored on. */
  public static final String TEST = "test";

  /** By how many snippets the streams of a recording may differ before that is an error. */
  public static final int MAX_LENGTH_DIFFERENCE = 2;

  private final Features features;
  private final DatasetDescription description;
  private final AnnotatedFolder annotated;
  private final SubsetTable table;
  private final Map<String, Recording> recordings;
  private final Map<String, Integer> classIndices;

  private Dataset(Features features, DatasetDescription description, AnnotatedFolder annotated) {
    this.features = features;
    this.description = description;
    this.annotated = annotated;
    this.table = SubsetTable.of(features, description.rules(), annotated.recordings());
    this.recordings = table.named();
    this.classIndices = new LinkedHashMap<>();
    description.classes().forEach(label -> classIndices.put(label, classIndices.size()));
  }

  /**
   * Opens a data folder. Feature files are not looked at; {@link DatasetCheck} does that.
   *
   * @throws DataFormatException if a file is missing or wrong, a recording's id cannot be a file
   *     name, or a label is not in the class list
   */
  public static Dataset open(Path folder) throws IOException {
    return open(folder, OpenOptions.USUAL);
  }

  /**
   * The same with other subsets to learn from and to score on, or without the recordings that have
   * no features, see {@link #skipped}.
   *
   * @throws DataFormatException as for {@link #open(Path)}; KDATA-116 if a subset is not there;
   *     KDATA-139 if no recording has features
   */
  public static Dataset open(Path folder, OpenOptions options) throws IOException {
    requireFolder(folder);
    DatasetDescription description =
        options.applied(DatasetDescription.read(folder.resolve(DatasetDescription.FILE_NAME)));
    Path annotations = AnnotationFile.in(folder);
    AnnotatedFolder annotated = AnnotatedFolder.read(folder, annotations, description);
    FolderFeatures features =
        new FolderFeatures(folder, description, annotations, annotated.recordings().values());
    if (options.skipMissing()) {
      annotated = annotated.without(folder, features.missing(annotated.recordings()));
      features =
          new FolderFeatures(folder, description, annotations, annotated.recordings().values());
    }
    return new Dataset(features, description, annotated);
  }

  /**
   * A data set whose features are in memory.
   *
   * @param description classes, streams, and how snippets lie in time
   * @param features of each recording, all streams side by side in the description's order, {@code
   *     [T, sum of D]}; at least one recording, in the order that all tables have
   * @throws IllegalArgumentException if two recordings have one id, an id cannot be a file name, a
   *     label is not in the class list, or a sequence has another width than the streams together
   */
  public static Dataset of(
      DatasetDescription description, Map<Recording, FeatureSequence> features) {
    Map<String, FeatureSequence> kept = new LinkedHashMap<>();
    features.forEach(
        (recording, sequence) -> {
          SuppliedFeatures.requireWidth(recording, sequence, description.totalWidth());
          kept.put(recording.id(), sequence);
        });
    RecordingSource source =
        new RecordingSource() {
          @Override
          public int length(Recording recording) {
            return features(recording).length();
          }

          @Override
          public FeatureSequence features(Recording recording) {
            return Objects.requireNonNull(kept.get(recording.id()), recording.id());
          }
        };
    return of(description, List.copyOf(features.keySet()), source);
  }

  /**
   * A data set whose features a program supplies when they are asked for.
   *
   * @param description classes, streams, and how snippets lie in time
   * @param all at least one recording, in the order that all tables have
   * @throws IllegalArgumentException if two recordings have one id, an id cannot be a file name, or
   *     a label is not in the class list
   */
  public static Dataset of(
      DatasetDescription description, List<Recording> all, RecordingSource source) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("data set " + description.name() + ": no recording in it");
    }
    Map<String, Recording> recordings = new LinkedHashMap<>();
    for (Recording recording : all) {
      String problem = FileNames.problem(recording.id());
      if (!problem.isEmpty()) {
        throw new IllegalArgumentException(
            "recording '" + Shown.of(recording.id()) + "': the id " + problem);
      }
      if (recordings.put(recording.id(), recording) != null) {
        throw new IllegalArgumentException(
            "recording '" + Shown.of(recording.id()) + "' is given twice");
      }
    }
    Dataset dataset =
        new Dataset(
            new SuppliedFeatures(description.name(), description.streams(), all, source),
            description,
            AnnotatedFolder.of(recordings));
    recordings.values().forEach(dataset::labels); // refuses a label that is no class
    return dataset;
  }

  static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw DataFormatException.of(
          "KDATA-101",
          folder,
          Files.exists(folder) ? "is a file, expected a data folder" : "no such folder");
    }
  }

  /** What it is, for messages: the folder, or its name in memory. */
  public String place() {
    return features.place();
  }

  /**
   * SHA-256 sums that tell whether two runs had the same data, by name. The annotations and the
   * first recording's features stand for all.
   */
  public Map<String, String> fingerprints() throws IOException {
    return features.fingerprints();
  }

  /** What {@code dataset.toml} says. */
  public DatasetDescription description() {
    return description;
  }

  /**
   * Where the point labels come from: what the description says, or the name of their file; empty
   * where no recording has a point.
   */
  public String pointSource() {
    if (recordings.values().stream().allMatch(recording -> recording.points().isEmpty())) {
      return "";
    }
    String said = description.pointSource();
    return said.isBlank() ? PointFile.FILE_NAME : said;
  }

  /**
   * Refuses a data set whose streams are not those that a model was trained on.
   *
   * @param trained what it was trained on
   * @throws DataFormatException KDATA-922 if they differ
   */
  public void requireStreams(DatasetDescription trained) {
    if (!description.streams().equals(trained.streams())) {
      throw DataFormatException.of(
          "KDATA-922",
          Path.of(place()).resolve(DatasetDescription.FILE_NAME),
          "expected the streams of the run, %s, found %s"
              .formatted(
                  FeatureStream.named(trained.streams()),
                  FeatureStream.named(description.streams())),
          "bring the same features in the same order");
    }
  }

  /**
   * The same for cross-validation: some of the recordings to learn from are scored on instead of
   * those that were.
   *
   * @param ids of them
   */
  public Dataset withTest(Set<String> ids) {
    return new Dataset(
        features,
        description.withRules(description.rules().withSubsets(List.of(TRAIN), List.of(TEST))),
        annotated.with(table.parted(ids)));
  }

  /** The recordings that were left out because they have no features, by id. */
  public List<String> skipped() {
    return annotated.skipped();
  }

  /** What was taken as what without being asked, a sentence each. */
  public List<String> notes() {
    return table.notes();
  }

  /** What is odd but not wrong with the annotations, one line each. */
  public List<String> warnings() {
    return annotated.warnings();
  }

  /** All recordings in the order of the annotation file. */
  public List<Recording> recordings() {
    return List.copyOf(recordings.values());
  }

  /**
   * The recording of this id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Recording recording(String id) {
    Recording recording = recordings.get(id);
    if (recording == null) {
      throw new IllegalArgumentException(
          "no recording '" + Shown.of(id) + "' among the " + recordings.size());
    }
    return recording;
  }

  /** The names of the subsets, sorted. */
  public Set<String> subsets() {
    return table.subsets();
  }

  /**
   * The recordings of one subset in the order of the annotation file.
   *
   * @param name {@link #TRAIN}, {@link #TEST}, or what the annotations call it; several with commas
   *     between them
   * @throws DataFormatException if no recording is in it; the message lists the subsets there are
   */
  public List<Recording> subset(String name) {
    List<Recording> members = table.members(name);
    if (members.isEmpty()) {
      throw noSuchSubset(features.annotations(), name, table.original().values()).failure();
    }
    return members;
  }

  /** That no recording is in a subset, and how those there are can be told to be. */
  static Finding noSuchSubset(Path annotations, String name, Collection<Recording> recordings) {
    Set<String> there = SubsetTable.names(recordings);
    String fix =
        name.equals(TRAIN)
            ? "name those to learn from with --train-subset, those to score on with --test-subset; "
            : "";
    return Finding.fatal(
        "KDATA-116",
        annotations,
        "",
        "no recording is in subset '" + Shown.of(name) + "'",
        fix + "subsets here: " + Shown.some(there));
  }

  /** That the recordings to learn from have nothing to be learnt. */
  static Finding noLabel(Path annotations) {
    return Finding.fatal(
        "KDATA-207",
        annotations,
        "",
        "no recording of subset '" + TRAIN + "' has a label",
        "annotate at least one");
  }

  /**
   * Whether nothing happens in a recording: it has no label, the data set says what that means, and
   * no label of it was passed over.
   */
  public boolean isNegative(Recording recording) {
    return description.rules().negatives()
        && recording.labels().isEmpty()
        && !annotated.passedOver().contains(recording.id());
  }

  /** The number of classes C. */
  public int classes() {
    return classIndices.size();
  }

  /**
   * The index of a class in the description's order.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  public int classIndex(String label) {
    Integer index = classIndices.get(label);
    if (index == null) {
      throw new IllegalArgumentException(
          "no class '"
              + Shown.of(label)
              + "': "
              + NearestName.advice(label, description.classes(), "the data set has others"));
    }
    return index;
  }

  /**
   * The recording-level label, multi-hot {@code [C]}. Made from the set of class names alone: when
   * and how often an action happens has no influence, so that training cannot see it.
   */
  public float[] labels(Recording recording) {
    float[] labels = new float[classes()];
    recording.labels().forEach(label -> labels[classIndex(label)] = 1);
    return labels;
  }

  /**
   * The number of snippets T of a recording, from the headers of its feature files. Where its
   * streams differ by at most {@value #MAX_LENGTH_DIFFERENCE} snippets it is that of the shortest.
   *
   * @throws DataFormatException if a file is missing or misshapen, or the streams differ by more
   */
  public int featureLength(Recording recording) throws IOException {
    return features.length(recording);
  }

  /**
   * About how much work a recording is, compared to another: the bytes of its features, without
   * looking into them; 0 where they are missing.
   */
  public long featureBytes(Recording recording) throws IOException {
    return features.bytes(recording);
  }

  static Path longest(Map<Path, Integer> lengths) {
    return lengths.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  static int commonLength(Map<Path, Integer> lengths) {
    var shortest = lengths.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
    Path longest = longest(lengths);
    int most = lengths.getOrDefault(longest, 0);
    if (most - shortest.getValue() > MAX_LENGTH_DIFFERENCE) {
      throw DataFormatException.of(
          "KDATA-134",
          longest,
          "has "
              + Plural.of(most, "snippet")
              + ", but "
              + shortest.getKey()
              + " has "
              + shortest.getValue()
              + "; streams may differ by at most "
              + MAX_LENGTH_DIFFERENCE,
          "compute both again with the same stride");
    }
    return shortest.getValue();
  }

  /**
   * The features of one stream {@code [T, D]}, cut to the length that all streams of the recording
   * have.
   *
   * @throws DataFormatException if a file is missing, misshapen, holds NaN or infinity, or the
   *     streams differ in length by more than {@value #MAX_LENGTH_DIFFERENCE}
   */
  public FeatureSequence features(Recording recording, String stream) throws IOException {
    return features.one(recording, description.stream(stream));
  }

  /** Early fusion: all streams side by side, in the description's order, {@code [T, sum of D]}. */
  public FeatureSequence features(Recording recording) throws IOException {
    return features.all(recording);
  }

  /**
   * Copies the features of some snippets, all streams side by side, row after row. Little else is
   * read of the files.
   *
   * @param snippets fastest where they run forwards
   * @param to changed from {@code at} on
   * @param at place of the first value
   * @throws DataFormatException as for {@link #features(Recording)}; values that are not finite are
   *     found only in the rows asked for
   */
  public void copyRows(Recording recording, int[] snippets, float[] to, int at) throws IOException {
    features.copyRows(recording, snippets, to, at);
  }

  /**
   * How the snippets of a recording lie in time.
   *
   * @param length number of snippets T
   */
  public SnippetGrid grid(Recording recording, int length) {
    return description.timing().grid(features.annotations(), recording, length);
  }
}
