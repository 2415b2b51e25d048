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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Point labels: a line {@code id,class,seconds} per action instance after a header that says so. A
 * value with a comma or a quote stands in double quotes, an inner quote is doubled. Where several
 * persons set points, a fourth column {@code annotator} says who.
 */
final class PointFile {
  /** The file's name inside a data folder. */
  public static final String FILE_NAME = "points.csv";

  static final String HEADER = "id,class,seconds";
  private static final String HEADER_OF_SEVERAL = HEADER + ",annotator";
  private static final int MAX_BYTES = 1 << 28;

  private PointFile() {}

  /**
   * Reads point labels.
   *
   * @param known the recordings there are, by id
   * @param classes the classes there are
   * @param annotator whose points to take: empty where one person set all, or {@link
   *     AnnotationRules#ALL}
   * @return the points by recording id in file order; ids without a point are absent
   * @throws DataFormatException if the header is missing, or a line has not as many values as it,
   *     names an unknown recording or class, or a time that is not a number at least 0, with the
   *     line number; KDATA-123 if it cannot be told whose points to take
   */
  public static Map<String, List<PointLabel>> read(
      Path file, Map<String, Recording> known, Collection<String> classes, String annotator)
      throws IOException {
    return read(
        file,
        known,
        classes,
        annotator,
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
      String annotator,
      Consumer<Finding> findings)
      throws IOException {
    List<String> lines = text(file).lines().toList();
    String header = header(lines);
    boolean bySeveral = header.equals(HEADER_OF_SEVERAL);
    Set<String> names = new LinkedHashSet<>(classes);
    Map<String, List<PointLabel>> points = new LinkedHashMap<>();
    Set<String> annotators = new TreeSet<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          List<String> values = split(file, i + 1, lines.get(i), header);
          if (bySeveral) {
            annotators.add(values.get(3));
            if (!annotator.isEmpty()
                && !annotator.equals(AnnotationRules.ALL)
                && !annotator.equals(values.get(3))) {
              continue;
            }
          }
          requireKnown(file, i + 1, "recording", values.get(0), known.keySet());
          requireKnown(file, i + 1, "class", values.get(1), names);
          String by = bySeveral ? values.get(3) : "";
          double seconds = seconds(file, i + 1, values.get(2));
          PointLabel point = new PointLabel(values.get(1), seconds, by);
          points.computeIfAbsent(values.get(0), id -> new ArrayList<>()).add(point);
        } catch (DataFormatException e) {
          findings.accept(Finding.of(file, e));
        }
      }
    }
    requireAnnotator(file, annotator, annotators, findings);
    return points;
  }

  private static void requireAnnotator(
      Path file, String annotator, Set<String> annotators, Consumer<Finding> findings) {
    boolean isUnclear = annotator.isEmpty() && annotators.size() > 1;
    boolean isUnknown =
        !annotator.isEmpty()
            && !annotator.equals(AnnotationRules.ALL)
            && !annotators.contains(annotator);
    if (isUnclear || isUnknown) {
      findings.accept(
          Finding.fatal(
              "KDATA-123",
              file,
              "",
              isUnclear
                  ? "has points of several annotators: " + Shown.some(annotators)
                  : "has no points of annotator '%s', those here are: %s"
                      .formatted(Shown.of(annotator), Shown.some(annotators)),
              "set annotator = \"..\" in "
                  + DatasetDescription.FILE_NAME
                  + " to one of them, or to \"all\""));
    }
  }

  /** The text of a point file, whose first line is the header. */
  static String text(Path file) throws IOException {
    String text = TextFile.read(file, MAX_BYTES, "point labels are optional");
    String header = header(text.lines().limit(1).toList());
    if (!header.equals(HEADER) && !header.equals(HEADER_OF_SEVERAL)) {
      String found = header.isEmpty() ? "nothing" : "'" + Shown.of(header) + "'";
      throw DataFormatException.of(
          "KDATA-121", file, "line 1: expected the header '" + HEADER + "', found " + found);
    }
    return text;
  }

  private static String header(List<String> lines) {
    return lines.isEmpty() ? "" : lines.get(0).strip();
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

  static List<String> split(Path file, int number, String line, String header) {
    List<String> values;
    try {
      values = CsvLine.split(line);
    } catch (IllegalArgumentException e) {
      throw DataFormatException.of("KDATA-121", file, "line " + number + ": " + e.getMessage(), e);
    }
    int expected = header.equals(HEADER) ? 3 : 4;
    if (values.size() != expected) {
      throw DataFormatException.of(
          "KDATA-121",
          file,
          "line %d: expected %d values (%s), found %d"
              .formatted(number, expected, header, values.size()));
    }
    return values;
  }

  /** Writes the points of the recordings; times read back to the same bits. */
  public static void write(Path file, Collection<Recording> recordings) throws IOException {
    boolean bySeveral =
        recordings.stream()
            .flatMap(recording -> recording.points().stream())
            .anyMatch(point -> !point.annotator().isEmpty());
    StringBuilder csv = new StringBuilder(bySeveral ? HEADER_OF_SEVERAL : HEADER).append('\n');
    for (Recording recording : recordings) {
      for (PointLabel point : recording.points()) {
        csv.append(line(recording.id(), point, bySeveral)).append('\n');
      }
    }
    byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(file, out -> out.write(bytes));
  }

  /**
   * One line, without its end.
   *
   * @param bySeveral whether it says who set the point
   */
  static String line(String id, PointLabel point, boolean bySeveral) {
    String line = quoted(id) + ',' + quoted(point.label()) + ',' + point.seconds();
    return bySeveral ? line + ',' + quoted(point.annotator()) : line;
  }

  /** Whether a header is of a file that says who set each point. */
  static boolean isBySeveral(String header) {
    return header.strip().equals(HEADER_OF_SEVERAL);
  }

  private static String quoted(String value) {
    if (value.chars().anyMatch(c -> c == '\n' || c == '\r')) {
      throw new IllegalArgumentException(
          "a name in a point file cannot hold a line break: " + Shown.of(value));
    }
    return CsvLine.quoted(value);
  }
}
