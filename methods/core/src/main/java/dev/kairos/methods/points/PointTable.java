// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.points;

import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.files.CsvLine;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.TextFile;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Tables of point labels as they were published: one row an action, times in frames or seconds.
 *
 * <p>Rows are kept as they are: several on one snippet, or outside the action they were drawn from,
 * are points like others. Whether recordings and classes exist is not asked here, since a table may
 * cover more or less than a data set.
 */
public final class PointTable {
  private static final int MAX_BYTES = 1 << 28;
  private static final String CLASS = "class";
  private static final String VIDEO = "video_id";
  private static final String POINT = "point";

  private PointTable() {}

  /**
   * Reads a table whose points are frames: that of LACP for THUMOS14, those of HR-Pro for THUMOS14,
   * GTEA, BEOID and ActivityNet 1.3. The columns {@code class}, {@code video_id} and {@code point}
   * are found by the header; others are not looked at, since {@code start_frame} and {@code
   * stop_frame} are the ground truth, which training must not see. The file may be gzip.
   *
   * @param rates in which frames are counted
   * @return points in seconds ({@code point / fps}) by recording id, in file order
   * @throws DataFormatException if a column is missing, a row is not as long as the header, its
   *     point is not a number at least 0, or its recording has no frame rate; with the line number
   */
  public static Map<String, List<PointLabel>> frames(Path file, FrameRates rates)
      throws IOException {
    List<String> lines = lines(file, "expected a table of points with a header");
    Map<String, List<PointLabel>> points = new LinkedHashMap<>();
    List<String> header = lines.isEmpty() ? List.of() : values(file, 1, lines.get(0));
    int label = column(file, header, CLASS);
    int video = column(file, header, VIDEO);
    int point = column(file, header, POINT);
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        List<String> row = row(file, i + 1, lines.get(i), header);
        double seconds =
            time(file, i + 1, row.get(point), "frame")
                / fps(file, i + 1, rates, name(file, i + 1, row.get(video), "recording"));
        add(points, file, i + 1, row.get(video), row.get(label), seconds);
      }
    }
    return points;
  }

  /**
   * Reads the points that a person set, as published with SF-Net: lines {@code video,seconds,class}
   * without a header, blank lines between them. Blanks around a value do not belong to it.
   *
   * @return points in seconds by recording id, in file order
   * @throws DataFormatException if a line has not three values, or its time is not a number at
   *     least 0; with the line number
   */
  public static Map<String, List<PointLabel>> seconds(Path file) throws IOException {
    List<String> lines = lines(file, "expected lines video,seconds,class");
    Map<String, List<PointLabel>> points = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        List<String> row = values(file, i + 1, lines.get(i));
        if (row.size() != 3) {
          throw wrong(file, i + 1, "expected video,seconds,class, found " + found(lines.get(i)));
        }
        double seconds = time(file, i + 1, row.get(1), "moment in seconds");
        add(points, file, i + 1, row.get(0), row.get(2), seconds);
      }
    }
    return points;
  }

  /**
   * Reads points in seconds below a header with the columns {@code id}, {@code class} and {@code
   * seconds}, as data folders of Kairos have them.
   *
   * @return points by recording id, in file order
   * @throws DataFormatException if a column is missing, a row is not as long as the header, or its
   *     time is not a number at least 0; with the line number
   */
  public static Map<String, List<PointLabel>> named(Path file) throws IOException {
    List<String> lines = lines(file, "expected a table of points with a header");
    List<String> header = lines.isEmpty() ? List.of() : values(file, 1, lines.get(0));
    int id = column(file, header, "id");
    int label = column(file, header, CLASS);
    int seconds = column(file, header, "seconds");
    Map<String, List<PointLabel>> points = new LinkedHashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        List<String> row = row(file, i + 1, lines.get(i), header);
        double time = time(file, i + 1, row.get(seconds), "moment in seconds");
        add(points, file, i + 1, row.get(id), row.get(label), time);
      }
    }
    return points;
  }

  private static List<String> row(Path file, int line, String text, List<String> header) {
    List<String> row = values(file, line, text);
    if (row.size() != header.size()) {
      throw wrong(
          file,
          line,
          "expected %d values as in the header, found %d".formatted(header.size(), row.size()));
    }
    return row;
  }

  private static List<String> lines(Path file, String hint) throws IOException {
    return TextFile.readUnpacked(file, MAX_BYTES, hint).lines().toList();
  }

  private static List<String> values(Path file, int line, String text) {
    try {
      return CsvLine.split(text);
    } catch (IllegalArgumentException e) {
      throw wrong(file, line, String.valueOf(e.getMessage()));
    }
  }

  private static int column(Path file, List<String> header, String name) {
    int first = header.indexOf(name);
    if (first < 0 || first != header.lastIndexOf(name)) {
      throw DataFormatException.of(
          "KDATA-161",
          file,
          "line 1: expected one column '%s', found %s"
              .formatted(name, header.isEmpty() ? "nothing" : Shown.some(header)),
          "the header names the columns class, video_id and point");
    }
    return first;
  }

  private static double time(Path file, int line, String text, String what) {
    double time = CsvLine.atLeastZero(text);
    if (Double.isNaN(time)) {
      throw wrong(
          file,
          line,
          "the point must be a " + what + ", a number at least 0, found " + found(text));
    }
    return time;
  }

  private static double fps(Path file, int line, FrameRates rates, String recording) {
    OptionalDouble fps = rates.of(recording);
    if (fps.isEmpty()) {
      throw DataFormatException.of(
          "KDATA-162",
          file,
          "line %d: no frame rate for recording '%s' in %s"
              .formatted(line, Shown.of(recording), rates.place()),
          "add its original frames per second there");
    }
    return fps.getAsDouble();
  }

  private static void add(
      Map<String, List<PointLabel>> points,
      Path file,
      int line,
      String recording,
      String label,
      double seconds) {
    String id = name(file, line, recording, "recording");
    if (!(seconds < Double.POSITIVE_INFINITY)) {
      throw wrong(file, line, "the point is too far away: " + seconds + " s");
    }
    points
        .computeIfAbsent(id, key -> new ArrayList<>())
        .add(new PointLabel(name(file, line, label, CLASS), seconds));
  }

  private static String name(Path file, int line, String text, String what) {
    if (text.isBlank()) {
      throw wrong(file, line, "the " + what + " is missing");
    }
    return text;
  }

  private static String found(String text) {
    return "'" + Shown.of(text) + "'";
  }

  private static DataFormatException wrong(Path file, int line, String problem) {
    return DataFormatException.of("KDATA-161", file, "line " + line + ": " + problem);
  }
}
