// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a point file, each as it was written, with what it says. Immutable, so that a change
 * can be written before it counts.
 */
final class PointLines {
  private final List<String> lines;
  private final List<@Nullable Entry> entries; // null for the header and for blank lines
  private final String lineEnd;

  /**
   * What a line says.
   *
   * @param id of a recording
   */
  record Entry(String id, PointLabel point) {}

  private PointLines(List<String> lines, List<@Nullable Entry> entries, String lineEnd) {
    this.lines = lines;
    this.entries = entries;
    this.lineEnd = lineEnd;
  }

  /** The lines of a file that {@link PointFile} reads; the header alone where there is no file. */
  static PointLines read(Path file) throws IOException {
    String text = Files.exists(file) ? PointFile.text(file) : PointFile.HEADER + "\n";
    List<String> lines = text.lines().toList();
    List<@Nullable Entry> entries = new ArrayList<>();
    String header = lines.get(0).strip();
    for (int i = 0; i < lines.size(); i++) {
      entries.add(i == 0 || lines.get(i).isBlank() ? null : entry(file, i, lines.get(i), header));
    }
    return new PointLines(lines, entries, text.contains("\r\n") ? "\r\n" : "\n");
  }

  private static Entry entry(Path file, int index, String line, String header) {
    List<String> values = PointFile.split(file, index + 1, line, header);
    double seconds = PointFile.seconds(file, index + 1, values.get(2));
    String by = PointFile.isBySeveral(header) ? values.get(3) : "";
    return new Entry(values.get(0), new PointLabel(values.get(1), seconds, by));
  }

  /** Whether lines say who set a point. */
  boolean isBySeveral() {
    return PointFile.isBySeveral(lines.get(0));
  }

  /** The file's text. */
  String text() {
    return String.join(lineEnd, lines) + lineEnd;
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /** How many points there are. */
  int size() {
    return (int) entries.stream().filter(entry -> entry != null).count();
  }

  boolean contains(Entry entry) {
    return entries.contains(entry);
  }

  /**
   * The points by recording, in file order.
   *
   * @param annotator who set them; empty for all
   */
  Map<String, List<PointLabel>> points(String annotator) {
    Map<String, List<PointLabel>> points = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry != null && (annotator.isEmpty() || entry.point().annotator().equals(annotator))) {
        points.computeIfAbsent(entry.id(), id -> new ArrayList<>()).add(entry.point());
      }
    }
    return Collections.unmodifiableMap(points);
  }

  /** With one line more, after the last one of its recording or at the end. */
  PointLines with(Entry added) {
    int at = entries.size();
    for (int i = entries.size(); i-- > 0; ) {
      Entry entry = entries.get(i);
      if (entry != null && entry.id().equals(added.id())) {
        at = i + 1;
        break;
      }
    }
    List<String> newLines = new ArrayList<>(lines);
    List<@Nullable Entry> newEntries = new ArrayList<>(entries);
    newLines.add(at, PointFile.line(added.id(), added.point(), isBySeveral()));
    newEntries.add(at, added);
    return new PointLines(newLines, newEntries, lineEnd);
  }

  /** Without the first line that says this. */
  PointLines without(Entry removed) {
    int at = entries.indexOf(removed);
    List<String> newLines = new ArrayList<>(lines);
    List<@Nullable Entry> newEntries = new ArrayList<>(entries);
    newLines.remove(at);
    newEntries.remove(at);
    return new PointLines(newLines, newEntries, lineEnd);
  }
}
