// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.LinearProgram;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LpFormatTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static MpsProblem read(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return LpFormat.read(new ByteArrayInputStream(bytes), "p.lp");
  }

  /** The program of some rows over x, y and z, whose costs are 1, 2 and 3. */
  private static LinearProgram rows(String rows) throws IOException {
    return read("Minimize\n x + 2 y + 3 z\nSubject To\n" + rows + "\nEnd\n").program();
  }

  private static LinearProgram bounds(String bounds) throws IOException {
    return rows("Bounds\n" + bounds);
  }

  @Test
  void theWholeFormat() throws IOException {
    MpsProblem problem =
        read(
            """
            \\ A factory
            Maximize
             profit: 3 x + 2y - z
               + 0.5 x + 10
            Subject To
             total: x + y
               + z <= 4      \\ a comment
             x - y >= -2
             mix: 1 <= 2 x - 1.5e0 z <= 6
             eq: y + 2 = 3 x + 5
            Bounds
             x <= 3
             -1 <= y <= 1e30
             z free
            Generals
             x
            End
            what follows is not read
            """);
    LinearProgram lp = problem.program();
    assertTrue(problem.maximize());
    assertEquals(List.of("1 integer column (\"x\"): taken as continuous"), problem.notes());
    assertEquals("x y z", lp.columnName(0) + " " + lp.columnName(1) + " " + lp.columnName(2));
    assertEquals(-3.5, lp.cost(0));
    assertEquals(-2, lp.cost(1));
    assertEquals(1, lp.cost(2));
    assertEquals(-10, lp.offset());
    assertEquals("total", lp.rowName(0));
    assertEquals("c2", lp.rowName(1));
    assertBounds(-INFINITY, 4, lp.rowLower(0), lp.rowUpper(0));
    assertBounds(-2, INFINITY, lp.rowLower(1), lp.rowUpper(1));
    assertBounds(1, 6, lp.rowLower(2), lp.rowUpper(2));
    assertBounds(3, 3, lp.rowLower(3), lp.rowUpper(3));
    assertEquals(9, lp.entries());
    assertEquals(List.of(1.0, 1.0, 2.0, -3.0), column(lp, 0));
    assertEquals(List.of(1.0, -1.5), column(lp, 2));
    assertBounds(0, 3, lp.lower(0), lp.upper(0));
    assertBounds(-1, INFINITY, lp.lower(1), lp.upper(1));
    assertBounds(-INFINITY, INFINITY, lp.lower(2), lp.upper(2));
  }

  private static List<Double> column(LinearProgram lp, int j) {
    List<Double> values = new ArrayList<>();
    for (int k = lp.start(j); k < lp.start(j + 1); k++) {
      values.add(lp.entryValue(k));
    }
    return values;
  }

  private static void assertBounds(double low, double high, double foundLow, double foundHigh) {
    assertEquals(low, foundLow);
    assertEquals(high, foundHigh);
  }

  @Test
  void sectionsHaveManyWords() throws IOException {
    for (String sense : List.of("MINIMIZE", "minimise", "Min", "minimum")) {
      for (String to : List.of("subject to", "SUCH THAT", "st", "s.t.", "ST.", "Subject To:")) {
        MpsProblem problem = read(sense + " obj: x\n" + to + "\n x >= 1\nBOUND\nx<=2\nend");
        assertFalse(problem.maximize());
        assertBounds(0, 2, problem.program().lower(0), problem.program().upper(0));
        assertEquals(1, problem.program().rowLower(0));
      }
    }
    assertTrue(read("maximum\nx\nst c: x <= 1\nEnd").maximize());
  }

  @Test
  void rowsInAllTheirForms() throws IOException {
    LinearProgram lp =
        rows(
            """
             a: x + x + y - y <= 3
             b: 5 >= x
             c: x =< 2 y + 1
             d: 3 x
                - -2 y +
                z > 1
             e: 10 >= x + y >= -1
             f: x + y >= -inf
             g: x < +
                4
             2 x => 1
             x + 3 = 5
             h: 0 <= 5
             empty:  >= -8
             i: 3 * x <= 1
            """);
    assertEquals("a b c d e f g c8 c9 h empty i", names(lp));
    assertEquals(2, value(lp, 0, 0));
    assertEquals(0, value(lp, 0, 1));
    assertBounds(-INFINITY, 5, lp.rowLower(1), lp.rowUpper(1));
    assertEquals(-2, value(lp, 2, 1));
    assertBounds(-INFINITY, 1, lp.rowLower(2), lp.rowUpper(2));
    assertEquals(2, value(lp, 3, 1));
    assertEquals(1, value(lp, 3, 2));
    assertBounds(-1, 10, lp.rowLower(4), lp.rowUpper(4));
    assertBounds(-INFINITY, INFINITY, lp.rowLower(5), lp.rowUpper(5));
    assertBounds(-INFINITY, 4, lp.rowLower(6), lp.rowUpper(6));
    assertBounds(1, INFINITY, lp.rowLower(7), lp.rowUpper(7));
    assertBounds(2, 2, lp.rowLower(8), lp.rowUpper(8));
    assertBounds(-INFINITY, 5, lp.rowLower(9), lp.rowUpper(9));
    assertBounds(-8, INFINITY, lp.rowLower(10), lp.rowUpper(10));
    assertEquals(3, value(lp, 11, 0));
  }

  private static String names(LinearProgram lp) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < lp.rows(); i++) {
      names.append(i == 0 ? "" : " ").append(lp.rowName(i));
    }
    return names.toString();
  }

  private static double value(LinearProgram lp, int row, int column) {
    for (int k = lp.start(column); k < lp.start(column + 1); k++) {
      if (lp.entryRow(k) == row) {
        return lp.entryValue(k);
      }
    }
    return 0;
  }

  @Test
  void boundsInAllTheirForms() throws IOException {
    LinearProgram lp = bounds(" x >= -5\n -INF <= y <= 7\n z = 2.5\n");
    assertBounds(-5, INFINITY, lp.lower(0), lp.upper(0));
    assertBounds(-INFINITY, 7, lp.lower(1), lp.upper(1));
    assertBounds(2.5, 2.5, lp.lower(2), lp.upper(2));
    lp = bounds(" 4 >= x >= 1\n y >= - infinity\n z <= +1e20\n 3 <= y\n x < 9");
    assertBounds(1, 9, lp.lower(0), lp.upper(0));
    assertBounds(3, INFINITY, lp.lower(1), lp.upper(1));
    assertBounds(0, INFINITY, lp.lower(2), lp.upper(2));
    MpsProblem crossed = read("min\n x\nst\nbounds\n x <= -1\nend");
    assertBounds(0, -1, crossed.program().lower(0), crossed.program().upper(0));
    assertTrue(crossed.notes().get(0).startsWith("1 upper bound (\"x\") below 0"));
  }

  @Test
  void aColumnMayHaveBoundsAlone() throws IOException {
    MpsProblem found = read("min\n x\nst\nbounds\n q <= 4\n q >= 1\nint\n q\nend");
    assertBounds(1, 4, found.program().lower(1), found.program().upper(1));
    assertEquals("1 column (\"q\") in no row, with bounds alone", found.notes().get(0));
  }

  @Test
  void binariesAreWithinTheirUnit() throws IOException {
    LinearProgram lp = rows("Bounds\n y = 1\n z <= 5\nBinaries\n x y\n z\nInt\n x");
    assertBounds(0, 1, lp.lower(0), lp.upper(0));
    assertBounds(1, 1, lp.lower(1), lp.upper(1));
    assertBounds(0, 1, lp.lower(2), lp.upper(2));
  }

  @Test
  void namesAreAnyWord() throws IOException {
    String text = "min\n höhe(1,2) + x#y/z;a.b + e24 + 2e3 e\nst\n st_: Straße + 3xy <= 1\nend";
    LinearProgram lp = read(text).program();
    assertEquals("höhe(1,2)", lp.columnName(0));
    assertEquals("x#y/z;a.b", lp.columnName(1));
    assertEquals("e24", lp.columnName(2));
    assertEquals("e", lp.columnName(3));
    assertEquals(2000, lp.cost(3));
    assertEquals("Straße", lp.columnName(4));
    assertEquals("xy", lp.columnName(5));
    assertEquals("st_", lp.rowName(0));
  }

  @Test
  void nothingIsAProgramToo() throws IOException {
    LinearProgram lp = read("Maximize\n obj:\nSubject To\nEnd").program();
    assertEquals(0, lp.columns() + lp.rows());
    assertEquals(-3, read("max 3\nst\nend").program().offset());
  }

  @Test
  void mistakesAreNamedWithTheirLine() {
    refused("KLP-001", 1, "expected Minimize or Maximize, found \"NAME\"", "NAME x");
    refused("KLP-001", 3, "expected +, - or Subject To, found \"z\"", "min\n x + y\n z\nst\nend");
    refused("KLP-001", 3, "expected Subject To", "min\n x\nbounds\n x <= 1\nend");
    refusedRow("KLP-001", 4, "expected <=, >= or =, found \"y\"", "x y <= 1");
    refusedRow("KLP-001", 4, "expected a term after the sign", "x + <= 1");
    refusedRow("KLP-001", 4, "expected a term, found \"<=\"", "<= 1");
    refusedRow("KLP-001", 5, "expected a term, found \"End\"", "c: x <=");
    refusedRow("KLP-001", 4, "expected the end of the line, found \"d\"", "c: x <= 1 d: x >= 0");
    refusedRow("KLP-001", 4, "expected a row like", "1 <= x >= 2");
    refusedRow("KLP-001", 4, "expected a row like", "x <= y <= 2");
    refusedRow("KLP-001", 4, "a row whose number comes first", "5 >= x\n + y\n");
    refusedRow("KLP-002", 4, "expected a number, found \"1.2.3\"", "x <= 1.2.3");
    refusedRow("KLP-002", 4, "a coefficient or constant is not finite", "inf x <= 1");
    refusedRow("KLP-002", 4, "a coefficient or constant is not finite", "1e308 x + 1e308 x <= 1");
    refusedRow("KLP-004", 5, "row \"c\" is given twice", "c: x <= 1\nc: y <= 1");
    refusedRow("KLP-007", 4, "the bounds of \"row 1\" leave no finite value", "x <= -inf");
    refusedRow("KLP-007", 4, "found quadratic terms", "[ x ^ 2 ] <= 1");
    refusedRow("KLP-007", 4, "\"x\" is multiplied", "x * y <= 1");
    refusedRow("KLP-007", 4, "\"x\" is multiplied", "x ^ 2 <= 1");
    refusedRow("KLP-007", 4, "found an indicator constraint", "x = 1 -> y <= 3");
    refusedRow("KLP-007", 4, "section \"SOS\" is of no linear program", "SOS\n s1: S1:: x:1 y:2");
    refusedRow("KLP-007", 4, "section \"Semi\" is of", "Semi-Continuous\n x");
    refusedRow("KLP-007", 4, "section \"General\" is of", "General Constraints\n");
    refusedRow("KLP-003", 5, "unknown column \"q\"", "Binaries\n q");
    refusedRow("KLP-001", 5, "expected a number, found \"y\"", "Bounds\n x <= y");
    refusedRow("KLP-001", 5, "expected bounds like", "Bounds\n 1 <= x >= 5");
    refusedRow("KLP-001", 5, "expected the end of the line", "Bounds\n x <= 1 y <= 2");
    refusedRow("KLP-007", 5, "the bounds of \"column x\" leave", "Bounds\n x >= inf");
    refusedRow("KLP-001", 4, "a second objective", "Maximize\n x");
    refused("KLP-005", 3, "ends where End is expected", "min\n x\nst x <= 1");
  }

  private static void refusedRow(String code, int line, String words, String row) {
    refused(code, line, words, "min\n x + y\nst\n" + row + "\nEnd\n");
  }

  private static void refused(String code, int line, String words, String text) {
    MpsException e = assertThrows(MpsException.class, () -> read(text), text);
    assertEquals(code, e.code(), text + ": " + e.getMessage());
    assertTrue(e.problem().startsWith(words), text + ": " + e.getMessage());
    assertEquals(line, e.line(), text + ": " + e.getMessage());
    assertTrue(e.getMessage().startsWith("p.lp:" + line + ": "), e.getMessage());
  }

  @Test
  void theNameOfAFileTellsTheFormat() {
    assertTrue(LpFormat.isNamed(Path.of("a/b.LP")));
    assertTrue(LpFormat.isNamed(Path.of("b.lp.gz")));
    assertFalse(LpFormat.isNamed(Path.of("lp")));
    assertFalse(LpFormat.isNamed(Path.of("b.mps")));
  }
}
