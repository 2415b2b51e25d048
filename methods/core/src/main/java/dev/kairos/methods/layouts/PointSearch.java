// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.SnippetTiming;
import dev.kairos.methods.data.SnippetTiming.Unit;
import dev.kairos.methods.files.CsvLine;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.TextFile;
import dev.kairos.methods.points.FrameRates;
import dev.kairos.methods.points.PointTable;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The point labels of a folder, in seconds. */
final class PointSearch {
  private static final int MAX_BYTES = 1 << 28;
  private static final String[] NAMES = {"point_labels.csv", "point_gaussian.csv", "points.csv"};

  private final FileSearch files;
  private final ImportOptions options;
  private final List<String> notes;
  private final List<String> sources = new ArrayList<>();

  PointSearch(FileSearch files, ImportOptions options, List<String> notes) {
    this.files = files;
    this.options = options;
    this.notes = notes;
  }

  /** Where they come from, for {@code dataset.toml}; empty where there are none. */
  String source() {
    return String.join(", ", sources);
  }

  /** The annotator whose points are used where there are several; else empty. */
  String annotator() {
    return sources.size() > 1 ? sources.get(0) : "";
  }

  /** The recordings with their points; those of others are passed over. */
  List<Recording> applied(List<Recording> recordings, SnippetTiming timing) throws IOException {
    List<Path> tables = new ArrayList<>(options.points());
    if (tables.isEmpty()) {
      files.first(NAMES).ifPresent(tables::add);
    }
    Map<String, List<PointLabel>> points = new LinkedHashMap<>();
    for (Path table : tables) {
      String by = tables.size() > 1 ? stem(table) : "";
      sources.add(tables.size() > 1 ? by : String.valueOf(table.getFileName()));
      read(table, recordings, timing)
          .forEach(
              (id, labels) ->
                  labels.forEach(
                      point ->
                          points
                              .computeIfAbsent(id, key -> new ArrayList<>())
                              .add(new PointLabel(point.label(), point.seconds(), by))));
    }
    if (sources.size() > 1) {
      notes.add(
          "points of %s are used; annotator in dataset.toml names others"
              .formatted(sources.get(0)));
    }
    return with(recordings, points);
  }

  private List<Recording> with(List<Recording> recordings, Map<String, List<PointLabel>> points) {
    Set<String> others = new HashSet<>(points.keySet());
    List<Recording> marked = new ArrayList<>();
    for (Recording recording : recordings) {
      others.remove(recording.id());
      marked.add(recording.withPoints(points.getOrDefault(recording.id(), List.of())));
    }
    if (!others.isEmpty()) {
      notes.add(
          "points of %s that are not used were passed over"
              .formatted(Plural.of(others.size(), "recording")));
    }
    return marked;
  }

  private Map<String, List<PointLabel>> read(
      Path table, List<Recording> recordings, SnippetTiming timing) throws IOException {
    List<String> header = header(table);
    if (header.contains("point")) {
      FrameRates rates = rates(recordings, timing);
      notes.add("points: frames of %s at %s".formatted(table.getFileName(), rates.description()));
      return PointTable.frames(table, rates);
    }
    if (header.contains("seconds")) {
      notes.add("points: seconds of " + table.getFileName());
      return PointTable.named(table);
    }
    notes.add("points: seconds of " + table.getFileName());
    return PointTable.seconds(table);
  }

  private static List<String> header(Path table) throws IOException {
    String text = TextFile.readUnpacked(table, MAX_BYTES, "a table of points");
    Optional<String> first = text.lines().filter(line -> !line.isBlank()).findFirst();
    try {
      return first.map(CsvLine::split).orElse(List.of());
    } catch (IllegalArgumentException e) {
      throw DataFormatException.of("KDATA-161", table, "line 1: " + e.getMessage(), e);
    }
  }

  /** In which points count frames: what is said, a file of rates, or the recordings' own. */
  private FrameRates rates(List<Recording> recordings, SnippetTiming timing) throws IOException {
    Double given = options.pointsFps();
    if (given != null) {
      return FrameRates.constant(given);
    }
    Optional<Path> file = files.first("fps_dict.json");
    if (file.isPresent()) {
      return FrameRates.read(file.get());
    }
    Map<String, Double> own = new HashMap<>();
    recordings.stream().filter(Recording::hasFps).forEach(r -> own.put(r.id(), r.fps()));
    if (!own.isEmpty()) {
      return FrameRates.of(own, "the annotations");
    }
    if (timing.unit() == Unit.FRAMES && !Double.isNaN(timing.fps())) {
      return FrameRates.constant(timing.fps());
    }
    throw DataFormatException.of(
        "KDATA-162",
        options.points().isEmpty() ? Path.of("points") : options.points().get(0),
        "points are frames, and nothing says how many there are a second",
        "give --points-fps");
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
