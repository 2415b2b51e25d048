// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MpsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final String ROWS = "NAME TEST\nROWS\n N COST\n L LIM\n G MYG\n E MYE\n";
  private static final String COLUMNS =
      "COLUMNS\n X COST 1 LIM 1\n X MYG 1\n Y COST 2 LIM 1\n Y MYE -1\n Z COST -1 MYE 1\n";

  @TempDir Path folder;

  private MpsProblem read(String text) throws IOException {
    Path file = folder.resolve("t.mps");
    Files.writeString(file, text);
    return Mps.read(file);
  }

  private LinearProgram program(String afterColumns) throws IOException {
    return read(ROWS + COLUMNS + afterColumns + "ENDATA\n").program();
  }

  private MpsException refused(String code, String text) {
    MpsException e = assertThrows(MpsException.class, () -> read(text));
    assertEquals(code, e.code(), e.getMessage());
    assertTrue(e.getMessage().startsWith(folder.resolve("t.mps").toString()), e.getMessage());
    return e;
  }

  private void refusedAfterColumns(String code, int line, String text) {
    assertEquals(line, refused(code, ROWS + COLUMNS + text + "ENDATA\n").line());
  }

  @Test
  void rowsColumnsAndRightHandSides() throws IOException {
    LinearProgram lp = program("RHS\n RHS LIM 4 MYG 1\n RHS MYE 7\n");
    assertEquals("TEST", lp.name());
    assertEquals(3, lp.rows());
    assertEquals(3, lp.columns());
    assertEquals("LIM", lp.rowName(0));
    assertEquals("Z", lp.columnName(2));
    assertRow(lp, 0, -INFINITY, 4);
    assertRow(lp, 1, 1, INFINITY);
    assertRow(lp, 2, 7, 7);
    assertEquals(2, lp.cost(1));
    assertEquals(-1, lp.entryValue(lp.start(1) + 1));
    assertColumn(lp, 0, 0, INFINITY);
  }

  @Test
  void theRightHandSideOfTheObjectiveIsMinusTheConstant() throws IOException {
    assertEquals(-3, program("RHS\n RHS COST 3\n").offset());
    assertEquals(2.5, program("RHS\n COST -2.5\n").offset());
  }

  @Test
  void rangesFollowTheTypeAndTheSign() throws IOException {
    LinearProgram lp =
        program("RHS\n RHS LIM 4 MYG 1\n RHS MYE 7\nRANGES\n R LIM 2 MYG -3\n R MYE 5\n");
    assertRow(lp, 0, 2, 4);
    assertRow(lp, 1, 1, 4);
    assertRow(lp, 2, 7, 12);
    assertRow(program("RHS\n RHS MYE 7\nRANGES\n R MYE -5\n"), 2, 2, 7);
    assertRow(program("RHS\n RHS MYE 7\nRANGES\n R MYE 0\n"), 2, 7, 7);
  }

  @Test
  void everyTypeOfBound() throws IOException {
    assertBound("LO B X -3", -3, INFINITY);
    assertBound("UP B X 3", 0, 3);
    assertBound("FX B X 2", 2, 2);
    assertBound("FR B X", -INFINITY, INFINITY);
    assertBound("MI B X", -INFINITY, INFINITY);
    assertBound("PL B X", 0, INFINITY);
    assertBound("BV B X", 0, 1);
    assertBound("LI B X 2", 2, INFINITY);
    assertBound("UI B X 9", 0, 9);
    assertBound("MI B X\n UP B X 4", -INFINITY, 4);
    assertBound("UP B X 4\n LO B X -1", -1, 4);
    assertBound("UP B X 1e30", 0, INFINITY);
    assertBound("LO B X -1e20", -INFINITY, INFINITY);
    assertBound("LO B X 5\n UP B X 4", 5, 4);
    assertBound("UP X 3", 0, 3);
    assertBound("FR X", -INFINITY, INFINITY);
    assertBound("FR B X 0", -INFINITY, INFINITY);
    assertBound("up B X 0", 0, 0);
  }

  private void assertBound(String line, double lower, double upper) throws IOException {
    assertColumn(program("BOUNDS\n " + line + "\n"), 0, lower, upper);
  }

  @Test
  void anUpperBoundBelowZeroFreesTheLowerAndIsNoted() throws IOException {
    MpsProblem problem = read(ROWS + COLUMNS + "BOUNDS\n UP B X -2\nENDATA\n");
    assertColumn(problem.program(), 0, -INFINITY, -2);
    assertTrue(problem.notes().get(0).contains("\"X\""), problem.notes().toString());
    MpsProblem given = read(ROWS + COLUMNS + "BOUNDS\n UP B X -2\n LO B X -9\nENDATA\n");
    assertColumn(given.program(), 0, -9, -2);
    assertTrue(given.notes().isEmpty());
  }

  @Test
  void theSenseMayBeOnOneLineOrTwo() throws IOException {
    for (String sense : new String[] {"OBJSENSE MAX\n", "OBJSENSE\n    MAXIMIZE\n"}) {
      MpsProblem problem = read(sense + ROWS + COLUMNS + "RHS\n RHS COST 3\nENDATA\n");
      assertTrue(problem.maximize());
      assertEquals(-2, problem.program().cost(1));
      assertEquals(3, problem.program().offset());
      assertEquals(-5, problem.inSense(5));
    }
    assertFalse(read("OBJSENSE MIN\n" + ROWS + COLUMNS + "ENDATA\n").maximize());
  }

  @Test
  void fixedLayoutTakesNamesWithBlanks() throws IOException {
    String text =
        """
        NAME          BLANKS
        ROWS
         N  THE COST
         L  ROW ONE
        COLUMNS
            COL ONE   THE COST           1.5   ROW ONE            2.5
            COL TWO   ROW ONE             -1
        RHS
            MY RHS    ROW ONE             10
        BOUNDS
         UP MY BND    COL TWO              4
         FR MY BND    COL ONE
        ENDATA
        """;
    LinearProgram lp = read(text).program();
    assertEquals("COL TWO", lp.columnName(1));
    assertEquals("ROW ONE", lp.rowName(0));
    assertRow(lp, 0, -INFINITY, 10);
    assertColumn(lp, 0, -INFINITY, INFINITY);
    assertColumn(lp, 1, 0, 4);
    assertEquals(1.5, lp.cost(0));
  }

  @Test
  void numbersInOtherDress() throws IOException {
    LinearProgram lp = program("RHS\n RHS LIM 1.5D+2 MYG -0.0\n RHS MYE .5e1\n");
    assertRow(lp, 0, -INFINITY, 150);
    assertRow(lp, 2, 5, 5);
  }

  @Test
  void commentsMarkersOtherSetsAndFurtherFreeRows() throws IOException {
    String text =
        """
        * a comment

        NAME
        ROWS
         N COST
         N OTHER
         L LIM
        COLUMNS
         M1 'MARKER' 'INTORG'
         X COST 1 OTHER 5
         X LIM 1
         M2 'MARKER' 'INTEND'
        RHS
         A LIM 1
         B LIM 2
        BOUNDS
         UP A X 7
         UP B X 8
        ENDATA
        after the end
        """;
    MpsProblem problem = read(text.replace("NAME", "NAME\r"));
    assertRow(problem.program(), 0, -INFINITY, 1);
    assertColumn(problem.program(), 0, 0, 7);
    assertEquals(1, problem.program().rows());
    assertTrue(problem.notes().toString().contains("1 integer column"), problem.notes().toString());
  }

  @Test
  void whatCannotBeIsRefusedByNameAndLine() {
    refusedAfterColumns("KLP-002", 14, "RHS\n RHS LIM 1d\n");
    refusedAfterColumns("KLP-002", 14, "RHS\n RHS LIM NaN\n");
    refusedAfterColumns("KLP-002", 14, "RHS\n RHS LIM 1e999\n");
    refusedAfterColumns("KLP-002", 14, "RHS\n RHS LIM 0x1p3\n");
    refusedAfterColumns("KLP-003", 14, "RHS\n RHS NONE 1\n");
    refusedAfterColumns("KLP-003", 14, "BOUNDS\n UP B NONE 1\n");
    refusedAfterColumns("KLP-004", 15, "RHS\n RHS LIM 1\n RHS LIM 1\n");
    refusedAfterColumns("KLP-004", 15, "BOUNDS\n UP B X 1\n UP B X 2\n");
    refusedAfterColumns("KLP-007", 14, "BOUNDS\n SC B X 1\n");
    refusedAfterColumns("KLP-007", 14, "BOUNDS\n LO B X 1e20\n");
    refusedAfterColumns("KLP-007", 14, "RANGES\n R COST 1\n");
    refusedAfterColumns("KLP-001", 14, "RHS\n RHS\n");
    refusedAfterColumns("KLP-001", 13, "COLUMNS\n");
    refusedAfterColumns("KLP-007", 13, "SOS\n");
    refusedAfterColumns("KLP-001", 13, "SUMS\n");
    refused("KLP-004", ROWS + " L LIM\n");
    refused("KLP-004", ROWS + COLUMNS + " X MYE 1\nENDATA\n");
    refused("KLP-004", ROWS + "COLUMNS\n X LIM 1 LIM 2\nENDATA\n");
    refused("KLP-001", "ROWS\n Q COST\n");
    refused("KLP-001", "ROWS\n L LIM\nCOLUMNS\n X LIM 1\nENDATA\n");
    refused("KLP-001", " X LIM 1\n");
    refused("KLP-005", ROWS + COLUMNS);
    refused("KLP-005", "");
    refused("KLP-006", "*".repeat(70_000) + "\n");
  }

  @Test
  void brokenCompressionIsRefused() throws IOException {
    Path file = folder.resolve("t.mps");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((ROWS + COLUMNS + "ENDATA\n").getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(3, Mps.read(file).program().columns());
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertEquals("KLP-005", assertThrows(MpsException.class, () -> Mps.read(file)).code());
    assertThrows(NoSuchFileException.class, () -> Mps.read(folder.resolve("none.mps")));
  }

  @Test
  void whatIsWrittenReadsBack() throws IOException {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 300; round++) {
      MpsProblem problem = new MpsProblem(randomProgram(random), random.nextBoolean(), List.of());
      Path file = folder.resolve(round % 2 == 0 ? "w.mps" : "w.mps.gz");
      Mps.write(file, problem);
      MpsProblem back = Mps.read(file);
      assertEquals(problem.maximize(), back.maximize());
      assertSame(problem.program(), back.program(), "seed " + seed + ", round " + round);
    }
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count(), "no other file is left");
    }
  }

  @Test
  void namesThatAreNoWordsAreReplaced() throws IOException {
    LinearProgramBuilder builder = LinearProgram.builder().named("two words");
    builder.addRow("same", 0, 1);
    builder.addRow("same", 0, 1);
    builder.addColumn("a b", 1, 0, 1);
    Path file = folder.resolve("n.mps");
    Mps.write(file, builder.build());
    LinearProgram back = Mps.read(file).program();
    assertEquals("R2", back.rowName(1));
    assertEquals("C1", back.columnName(0));
    assertEquals("two words", back.name());
  }

  @Test
  void crossedBoundsOfARowCannotBeWritten() {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.addRow(2, 1);
    Path file = folder.resolve("c.mps");
    assertThrows(IllegalArgumentException.class, () -> Mps.write(file, builder.build()));
    assertFalse(Files.exists(file));
  }

  private static LinearProgram randomProgram(SplittableRandom random) {
    LinearProgramBuilder builder = LinearProgram.builder().offset(random.nextInt(3) - 1);
    double[] values = {0, 1, -1, 0.1, -2.5e-7, 1.0 / 3, 1e15, 123456789.123, -INFINITY};
    for (int i = 0; i < random.nextInt(6); i++) {
      double low = values[random.nextInt(values.length)];
      builder.addRow("row" + i, low, random.nextBoolean() ? Math.max(low, -7) : INFINITY);
    }
    int rows = builder.build().rows();
    for (int j = 0; j < random.nextInt(6); j++) {
      double low = values[random.nextInt(values.length)];
      double high = random.nextBoolean() ? Math.max(low, -7) + random.nextInt(2) : INFINITY;
      int column = builder.addColumn("x" + j, values[random.nextInt(8)], low, high);
      for (int i = 0; i < rows; i++) {
        builder.entry(i, column, random.nextBoolean() ? 0 : values[random.nextInt(8)]);
      }
    }
    return builder.build();
  }

  static void assertSame(LinearProgram a, LinearProgram b, String which) {
    assertEquals(a.rows(), b.rows(), which);
    assertEquals(a.columns(), b.columns(), which);
    assertEquals(a.entries(), b.entries(), which);
    assertEquals(a.offset(), b.offset(), which);
    for (int i = 0; i < a.rows(); i++) {
      assertEquals(a.rowLower(i), b.rowLower(i), which);
      double upper = a.rowUpper(i);
      double rounding =
          Double.isInfinite(upper)
              ? 0
              : 2 * Math.ulp(Math.max(Math.abs(upper), Math.abs(a.rowLower(i))));
      assertEquals(upper, b.rowUpper(i), rounding, which);
      assertEquals(a.rowName(i), b.rowName(i), which);
    }
    for (int j = 0; j < a.columns(); j++) {
      assertColumn(b, j, a.lower(j), a.upper(j));
      assertEquals(a.cost(j), b.cost(j), which);
      for (int k = a.start(j); k < a.start(j + 1); k++) {
        assertEquals(a.entryRow(k), b.entryRow(k), which);
        assertEquals(a.entryValue(k), b.entryValue(k), which);
      }
    }
  }

  private static void assertRow(LinearProgram lp, int i, double lower, double upper) {
    assertEquals(lower, lp.rowLower(i));
    assertEquals(upper, lp.rowUpper(i));
  }

  private static void assertColumn(LinearProgram lp, int j, double lower, double upper) {
    assertEquals(lower, lp.lower(j));
    assertEquals(upper, lp.upper(j));
  }
}
