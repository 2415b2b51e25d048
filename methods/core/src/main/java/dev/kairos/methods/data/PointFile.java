// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.CsvLine;
import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.TextFile;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Point labels: a line {@code id,class,seconds} per action instance after a header that says so. A
 * value with a comma or a quote stands in double quotes, an inner quote is doubled.
 */
final class PointFile {
  /** The file's name inside a data folder. */
  public static final String FILE_NAME = "points.csv";

  static final String HEADER = "id,class,seconds";
  private static final int MAX_BYTES = 1 << 28;

  private PointFile() {}

  /**
   * Reads point labels.
   *
   * @param known the recordings there are, by id
   * @param classes the classes there are
   * @return the points by recording id in file order; ids without a point are absent
   * @throws DataFormatException if the header is missing, or a line has not three values, names an
   *     unknown recording or class, or a time that is not a number at least 0; with the line number
   */
  public static Map<String, List<PointLabel>> read(
      Path file, Map<String, Recording> known, Collection<String> classes) throws IOException {
    return read(
        file,
        known,
        classes,
        finding -> {
          throw finding.failure();
        });
  }

  /**
   * The same, and reads on after a wrong line.
   *
   * @param findings told every wrong line
   */
  static Map<String, List<PointLabel>> read(
      Path file,
      Map<String, Recording> known,
      Collection<String> classes,
      Consumer<Finding> findings)
      throws IOException {
    List<String> lines = text(file).lines().toList();
    Set<String> names = new LinkedHashSet<>(classes);
    Map<String, List<PointLabel>> points = new LinkedHashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          List<String> values = split(file, i + 1, lines.get(i));
          requireKnown(file, i + 1, "recording", values.get(0), known.keySet());
          requireKnown(file, i + 1, "class", values.get(1), names);
          PointLabel point = new PointLabel(values.get(1), seconds(file, i + 1, values.get(2)));
          points.computeIfAbsent(values.get(0), id -> new ArrayList<>()).add(point);
        } catch (DataFormatException e) {
          findings.accept(Finding.of(file, e));
        }
      }
    }
    return points;
  }

  /** The text of a point file, whose first line is the header. */
  static String text(Path file) throws IOException {
    String text = TextFile.read(file, MAX_BYTES, "point labels are optional");
    Optional<String> first = text.lines().findFirst();
    if (first.isEmpty() || !first.get().strip().equals(HEADER)) {
      String found = first.map(line -> "'" + Shown.of(line) + "'").orElse("nothing");
      throw DataFormatException.of(
          "KDATA-121", file, "line 1: expected the header '" + HEADER + "', found " + found);
    }
    return text;
  }

  private static void requireKnown(
      Path file, int line, String kind, String name, Set<String> known) {
    if (!known.contains(name)) {
      throw DataFormatException.of(
          "KDATA-122",
          file,
          "line " + line + ": unknown " + kind + " '" + Shown.of(name) + "'",
          NearestName.advice(
              name, known, "correct the line, or add the " + kind + " to the data set"));
    }
  }

  static double seconds(Path file, int line, String text) {
    double seconds = CsvLine.atLeastZero(text);
    if (Double.isNaN(seconds)) {
      throw DataFormatException.of(
          "KDATA-121",
          file,
          "line " + line + ": seconds must be a number at least 0, found '" + Shown.of(text) + "'");
    }
    return seconds;
  }

  static List<String> split(Path file, int number, String line) {
    List<String> values;
    try {
      values = CsvLine.split(line);
    } catch (IllegalArgumentException e) {
      throw DataFormatException.of("KDATA-121", file, "line " + number + ": " + e.getMessage(), e);
    }
    if (values.size() != 3) {
      throw DataFormatException.of(
          "KDATA-121",
          file,
          "line " + number + ": expected 3 values (" + HEADER + "), found " + values.size());
    }
    return values;
  }

  /** Writes the points of the recordings; times read back to the same bits. */
  public static void write(Path file, Collection<Recording> recordings) throws IOException {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (Recording recording : recordings) {
      for (PointLabel point : recording.points()) {
        csv.append(line(recording.id(), point)).append('\n');
      }
    }
    byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(file, out -> out.write(bytes));
  }

  /** One line, without its end. */
  static String line(String id, PointLabel point) {
    return quoted(id) + ',' + quoted(point.label()) + ',' + point.seconds();
  }

  private static String quoted(String value) {
    if (value.chars().anyMatch(c -> c == '\n' || c == '\r')) {
      throw new IllegalArgumentException(
          "a name in a point file cannot hold a line break: " + Shown.of(value));
    }
    return CsvLine.quoted(value);
  }
}
