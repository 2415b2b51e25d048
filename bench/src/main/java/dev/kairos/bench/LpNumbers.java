// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file of raw numbers: a line {@code case,peer,status,time,objective} each, notes before. */
final class LpNumbers {
  private static final String HEADER = "case,peer,status,time,objective";

  /** What a peer did. */
  record Line(String name, String peer, String status, double time, double objective) {}

  private final Path file;
  private final String unit;
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private List<String> notes = List.of();

  /** The file, with what is in it if it exists. */
  LpNumbers(Path file, String unit) throws IOException {
    this.file = file;
    this.unit = unit;
    if (Files.exists(file)) {
      List<String> before = new ArrayList<>();
      for (String text : Files.readAllLines(file)) {
        String[] words = text.split(",", -1);
        if (text.startsWith("# ")) {
          before.add(text.substring(2));
        } else if (!text.equals(HEADER)) {
          put(
              new Line(
                  words[0],
                  words[1],
                  words[2],
                  Double.parseDouble(words[3]),
                  Double.parseDouble(words[4])));
        }
      }
      notes = before;
    }
  }

  /** Adds a line, or replaces the one of that case and peer. */
  void put(Line line) {
    lines.put(line.name() + "," + line.peer(), line);
  }

  /** Writes all, with notes on how it came about. */
  void write(List<String> how) throws IOException {
    notes = List.copyOf(how);
    List<String> text = new ArrayList<>();
    how.forEach(note -> text.add("# " + note));
    text.add("# Time: " + unit);
    text.add(HEADER);
    for (Line line : lines.values()) {
      text.add(
          String.join(
              ",",
              line.name(),
              line.peer(),
              line.status(),
              Double.toString(line.time()),
              Double.toString(line.objective())));
    }
    Files.write(file, text);
  }

  List<String> notes() {
    return notes.stream().filter(note -> !note.startsWith("Time: ")).toList();
  }

  List<String> cases() {
    return lines.values().stream().map(Line::name).distinct().toList();
  }

  List<String> peers() {
    return lines.values().stream().map(Line::peer).distinct().toList();
  }

  boolean has(String name, String peer) {
    return lines.containsKey(name + "," + peer);
  }

  String status(String name, String peer) {
    Line line = lines.get(name + "," + peer);
    return line == null ? "" : line.status();
  }

  /** The time; not a number if it is not there or not of a right answer. */
  double value(String name, String peer) {
    Line line = lines.get(name + "," + peer);
    return line == null || !line.status().equals("solved") ? Double.NaN : line.time();
  }

  /** The objective; not a number if there is no such line. */
  double objective(String name, String peer) {
    Line line = lines.get(name + "," + peer);
    return line == null ? Double.NaN : line.objective();
  }
}
