// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.TextFile;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the ambiguous stretches of recordings, which an evaluation leaves out: a line {@code id
 * start end} in seconds for each, parted by commas or blanks. A first line {@code video,start,end}
 * is a header. Both the lists that come with the THUMOS14 challenge and tables read so.
 */
public final class AmbiguousFile {
  private static final int MAX_BYTES = 1 << 26;

  private AmbiguousFile() {}

  /**
   * Reads the stretches of each recording, in file order.
   *
   * @throws DataFormatException if a line is not a name and two times in order; with the line
   *     number
   */
  public static Map<String, List<Segment>> read(Path file) throws IOException {
    List<String> lines = TextFile.read(file, MAX_BYTES, "it is optional").lines().toList();
    Map<String, List<Segment>> stretches = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      boolean header = i == 0 && line.matches("\\w+,start,end");
      if (!line.isEmpty() && !header) {
        String[] values = line.split("\\s*,\\s*|\\s+", -1);
        if (values.length != 3) {
          throw wrong(file, i + 1, line);
        }
        stretches
            .computeIfAbsent(values[0], id -> new ArrayList<>())
            .add(segment(file, i + 1, line, values));
      }
    }
    return stretches;
  }

  private static Segment segment(Path file, int number, String line, String[] values) {
    try {
      return new Segment(Double.parseDouble(values[1]), Double.parseDouble(values[2]));
    } catch (IllegalArgumentException e) {
      throw wrong(file, number, line);
    }
  }

  private static DataFormatException wrong(Path file, int number, String line) {
    return DataFormatException.of(
        "KDATA-123",
        file,
        "line "
            + number
            + ": expected a recording, a start and an end in seconds, found '"
            + Shown.of(line)
            + "'");
  }
}
