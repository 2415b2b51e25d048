// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Fuzz;
import dev.kairos.lp.LinearProgram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files of many dialects with words, lines and bytes changed at random. */
class MpsFuzzTest {
  private static final long SEED = 20;

  private static final List<String> SEEDS =
      List.of(
          """
          NAME seed $ one
          OBJSENSE MAX
          OBJNAME
           gain
          ROWS
           N other
           N gain
           L limit
           G least $ a comment
           E equal
          COLUMNS
           M 'MARKER' 'INTORG'
           x gain 1 limit 2
           x least 1.5D0
           M 'MARKER' 'INTEND'
           y gain -1 equal 1
           y other 3 limit 1
          RHS
           S limit 10 least -2
           equal 4 $ more
           T limit 11
          RANGES
           R limit 3 least 2
           equal -1
          BOUNDS
           UP B y 9
           LO y -inf
           BV C x
          ENDATA
          """,
          """
          NAME          FIXED
          ROWS
           N  THE COST
           G  ROW ONE
           L  ROW TWO
          COLUMNS
              COL ONE   THE COST           1.5   ROW ONE              1
              COL ONE   ROW TWO             -1
              COL TWO   THE COST             2   ROW TWO              1
          RANGES
                        ROW ONE              3
          RHS
              MY RHS    ROW ONE              1   $ 5
                        ROW TWO              4
          BOUNDS
           UP           COL ONE              8
           MI MY BND    COL TWO
          ENDATA
          """,
          """
          NAME
          OBJSENSE
          MIN
          ROWS
          N  cost
          L  r0
          G  r1
          COLUMNS
          RHS       r0        1
          RHS       cost      1
          c         r1        1   r0  2
          RHS
          RHS       r1        1
          BOUNDS
          FR BOUND  c
          UP BOUND  RHS  Infinity
          ENDATA
          """);

  private static final List<String> WORDS =
      List.of(
          "$",
          "$x",
          "inf",
          "-Infinity",
          "1e30",
          "-1e20",
          "1e999",
          "NaN",
          "RHS",
          "RANGES",
          "BOUNDS",
          "ROWS",
          "COLUMNS",
          "NAME",
          "ENDATA",
          "OBJSENSE",
          "OBJNAME",
          "MAX",
          "MIN",
          "UP",
          "LO",
          "FR",
          "BV",
          "SC",
          "'MARKER'",
          "'INTORG'",
          "QUADOBJ",
          "SOS1",
          "0",
          "-3",
          "x",
          "y",
          "limit",
          "THE",
          "*",
          "\u00e9",
          "\0",
          "\ufeff",
          "\t");

  @TempDir Path folder;

  private static MpsProblem read(byte[] bytes) throws IOException {
    return Mps.read(new ByteArrayInputStream(bytes), "fuzz");
  }

  @Test
  void changedTextIsRefusedWithItsPlaceOrReadAndWrittenTheSame() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    int refused = 0;
    int read = 0;
    for (long round : Fuzz.seeds(2500)) {
      String text = SEEDS.get(random.nextInt(SEEDS.size()));
      for (int k = random.nextInt(3); k >= 0; k--) {
        text = changed(text, random);
      }
      String which = "seed " + SEED + ", round " + round + ":\n" + text;
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      try {
        MpsProblem problem =
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(bytes), which);
        writtenTheSame(problem, which);
        read++;
      } catch (MpsException e) {
        assertTrue(e.code().matches("KLP-00[1-8]"), which + e);
        assertTrue(e.line() > 0 || e.code().matches("KLP-00[58]"), which + e);
        assertFalse(e.problem().isEmpty() || e.problem().contains("\n"), which + e);
        assertTrue(e.problem().length() < 400, which + e);
        refused++;
      }
    }
    assertTrue(refused > 500 && read > 300, refused + " refused, " + read + " read");
  }

  private void writtenTheSame(MpsProblem problem, String which) throws IOException {
    for (int i = 0; i < problem.program().rows(); i++) {
      if (problem.program().rowLower(i) > problem.program().rowUpper(i)) {
        return; // cannot be written
      }
    }
    Path file = folder.resolve("again.mps");
    Mps.write(file, problem);
    MpsProblem again = Mps.read(file);
    assertEquals(problem.maximize(), again.maximize(), which);
    MpsTest.assertSame(named(problem.program(), again.program()), again.program(), which);
  }

  /** The first program with the names of the second, which may have been replaced. */
  private static LinearProgram named(LinearProgram program, LinearProgram names) {
    var builder = LinearProgram.builder().offset(program.offset());
    for (int i = 0; i < program.rows(); i++) {
      builder.addRow(names.rowName(i), program.rowLower(i), program.rowUpper(i));
    }
    for (int j = 0; j < program.columns(); j++) {
      builder.addColumn(names.columnName(j), program.cost(j), program.lower(j), program.upper(j));
      for (int k = program.start(j); k < program.start(j + 1); k++) {
        builder.entry(program.entryRow(k), j, program.entryValue(k));
      }
    }
    return builder.build();
  }

  private static String changed(String text, SplittableRandom random) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int at = random.nextInt(lines.size());
    String line = lines.get(at);
    int place = random.nextInt(line.length() + 1);
    switch (random.nextInt(6)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(random.nextInt(lines.size()), line);
      case 2 -> lines.set(at, random.nextBoolean() ? line.strip() : "  " + line);
      case 3 -> lines.set(at, line.substring(0, place) + word(random) + line.substring(place));
      case 4 -> {
        String[] words = line.strip().split(" +");
        words[random.nextInt(words.length)] = word(random);
        lines.set(at, (line.startsWith(" ") ? " " : "") + String.join(" ", words));
      }
      default -> {
        int to = Math.min(line.length(), place + random.nextInt(9));
        lines.set(at, line.substring(0, place) + line.substring(to));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String word(SplittableRandom random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  @Test
  void aChangedArchiveIsRefusedUnlessItsTextIsTheSame() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    int same = 0;
    int refused = 0;
    for (long round : Fuzz.seeds(2500)) {
      byte[] text = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
      byte[] damaged = damaged(packed(text), random);
      String which = "seed " + SEED + ", round " + round;
      try {
        MpsProblem found =
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(damaged), which);
        MpsTest.assertSame(read(text).program(), found.program(), which);
        same++;
      } catch (MpsException e) {
        assertTrue(e.code().matches("KLP-00[1568]"), which + e);
        refused++;
      }
    }
    assertTrue(same > 50 && refused > 1500, same + " the same, " + refused + " refused");
  }

  private static byte[] packed(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text);
    }
    return bytes.toByteArray();
  }

  private static byte[] damaged(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(4)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> {
        return Arrays.copyOf(bytes, at);
      }
      default -> {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(20));
        if (random.nextBoolean()) {
          longer[longer.length - 1] = (byte) random.nextInt(256);
        }
        return longer;
      }
    }
    return bytes;
  }
}
