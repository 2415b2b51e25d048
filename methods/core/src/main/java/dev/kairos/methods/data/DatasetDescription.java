// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.Shown;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The content of {@code dataset.toml}: the meaning of rows and columns of the feature files, the
 * classes, and what of the annotations is used.
 *
 * @param name the data set's name
 * @param streams feature sources in order of fusion, at least one
 * @param places where the files of a stream lie and how they are read, by the stream's name; those
 *     of the others are {@link FeaturePlace#usual}
 * @param timing how rows lie in time
 * @param classes class names in order of their indices, at least one
 * @param rules what of the annotations is used, and as what
 * @param notes what was assumed or left out when the folder was made, may be empty
 * @param origin where the data come from and under which terms, may be empty
 * @param pointSource where the point labels come from, such as a table or a rule and its seed;
 *     empty where the file does not say so. {@link Dataset#pointSource} knows whether there are any
 */
public record DatasetDescription(
    String name,
    List<FeatureStream> streams,
    Map<String, FeaturePlace> places,
    SnippetTiming timing,
    List<String> classes,
    AnnotationRules rules,
    String notes,
    String origin,
    String pointSource) {
  /** The file's name inside a data folder. */
  public static final String FILE_NAME = "dataset.toml";

  /** Copies the lists and checks that names are unique. */
  public DatasetDescription {
    streams = List.copyOf(streams);
    places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    classes = List.copyOf(classes);
    requireUnique("stream", streams.stream().map(FeatureStream::name).toList());
    requireUnique("class", classes);
  }

  /** A data set whose files have the usual names and whose windows lie side by side. */
  public DatasetDescription(
      String name,
      List<FeatureStream> streams,
      double fps,
      double stride,
      List<String> classes,
      String notes,
      String origin) {
    this(
        name,
        streams,
        Map.of(),
        SnippetTiming.of(fps, stride),
        classes,
        AnnotationRules.USUAL,
        notes,
        origin,
        "");
  }

  /** The same with point labels from there. */
  public DatasetDescription withPointSource(String source) {
    return new DatasetDescription(
        name, streams, places, timing, classes, rules, notes, origin, source);
  }

  /** The same with another meaning of rows in time. */
  public DatasetDescription withTiming(SnippetTiming newTiming) {
    return new DatasetDescription(
        name, streams, places, newTiming, classes, rules, notes, origin, pointSource);
  }

  /** The same with another use of the annotations. */
  public DatasetDescription withRules(AnnotationRules newRules) {
    return new DatasetDescription(
        name, streams, places, timing, classes, newRules, notes, origin, pointSource);
  }

  /** The same with feature files elsewhere. */
  public DatasetDescription withPlaces(Map<String, FeaturePlace> newPlaces) {
    return new DatasetDescription(
        name, streams, newPlaces, timing, classes, rules, notes, origin, pointSource);
  }

  private static void requireUnique(String kind, List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("needs at least one " + kind);
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a " + kind + " has no name");
      }
      if (!seen.add(name)) {
        throw new IllegalArgumentException(kind + " '" + Shown.of(name) + "' is given twice");
      }
    }
  }

  /** Frames per second of what the features were computed from, see {@link SnippetTiming#fps}. */
  public double fps() {
    return timing.fps();
  }

  /** From one snippet to the next, see {@link SnippetTiming#stride}. */
  public double stride() {
    return timing.stride();
  }

  /** Seconds from one snippet to the next; NaN where that differs from recording to recording. */
  public double secondsPerSnippet() {
    return timing.secondsPerSnippet();
  }

  /** Where the files of a stream lie and how they are read. */
  public FeaturePlace place(FeatureStream stream) {
    return places.getOrDefault(stream.name(), FeaturePlace.usual(stream.name()));
  }

  /** The width of all streams joined. */
  public int totalWidth() {
    return streams.stream().mapToInt(FeatureStream::width).sum();
  }

  /**
   * The stream of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public FeatureStream stream(String streamName) {
    return streams.stream()
        .filter(stream -> stream.name().equals(streamName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no stream '" + streamName + "': the data set has " + streamNames()));
  }

  private String streamNames() {
    return streams.stream().map(FeatureStream::name).collect(Collectors.joining(", "));
  }

  /**
   * Reads a description.
   *
   * @throws dev.kairos.tensor.io.DataFormatException if the file is missing, is not TOML, or a key
   *     is missing, unknown or of the wrong type; with line and column
   */
  public static DatasetDescription read(Path file) throws IOException {
    return DatasetFile.read(file);
  }

  /** Writes the description; {@link #read} gives an equal one back. */
  public void write(Path file) throws IOException {
    byte[] bytes = DatasetText.of(this).getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(file, out -> out.write(bytes));
  }
}
