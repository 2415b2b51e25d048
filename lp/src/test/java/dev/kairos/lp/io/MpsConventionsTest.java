// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.LpResult;
import dev.kairos.lp.simplex.SimplexOptions;
import dev.kairos.lp.simplex.SimplexSolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files as other programs write them, each with the optimum that those programs find. Every file is
 * also written and read again.
 */
class MpsConventionsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @TempDir Path folder;
  private final List<MpsProblem> read = new java.util.ArrayList<>();

  private MpsProblem read(String text) throws IOException {
    MpsProblem problem =
        Mps.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "text");
    read.add(problem);
    return problem;
  }

  @AfterEach
  void writtenAndReadAgainItIsTheSame() throws IOException {
    for (MpsProblem problem : read) {
      Path file = folder.resolve("again.mps.gz");
      Mps.write(file, problem);
      MpsProblem again = Mps.read(file);
      assertEquals(problem.maximize(), again.maximize());
      MpsTest.assertSame(problem.program(), again.program(), file.toString());
    }
  }

  private double optimum(String text) throws IOException {
    MpsProblem problem = read(text);
    LpResult result = new SimplexSolver(SimplexOptions.defaults()).solve(problem.program());
    return problem.inSense(assertInstanceOf(LpResult.Optimal.class, result, text).objective());
  }

  private static MpsException refused(byte[] bytes) {
    return assertThrows(
        MpsException.class, () -> Mps.read(new ByteArrayInputStream(bytes), "text"));
  }

  private static MpsException refused(String text) {
    return refused(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final String TWO_ROWS =
      "NAME x\nROWS\n N o\n G r\n G s\nCOLUMNS\n a o 1 r 1\n b o 1 s 1\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RHS\n RHS1 r 3\n s 4\n",
        "RHS\n r 3\n s 4\n",
        "RHS\n r 3 s 4\n",
        "RHS\n r 3\n RHS1 s 4\n",
        "RHS\n RHS1 r 3\n s 4\n RHS2 r 9\n s 9\n",
        "RHS\nRHS1 r 3\ns 4\n"
      })
  void aLineWithoutASetGoesOnWithTheOneBefore(String sides) throws IOException {
    assertEquals(7, optimum(TWO_ROWS + sides + "ENDATA\n"));
  }

  @Test
  void theSameHoldsAtFixedPlaces() throws IOException {
    String text =
        """
        NAME          BLANKS
        ROWS
         N  THE COST
         G  ROW ONE
         G  ROW TWO
        COLUMNS
            COL ONE   THE COST             1   ROW ONE              1
            COL TWO   THE COST             1   ROW TWO              1
        RHS
            MY RHS    ROW ONE              3
                      ROW TWO              4   $ field 5
        RANGES
                      ROW ONE              2
        BOUNDS
         UP MY BND    COL ONE              8
         LO           COL TWO            4.5
         FR           COL ONE
        ENDATA
        """;
    MpsProblem problem = read(text);
    assertEquals(5, problem.program().rowUpper(0));
    assertEquals(-INFINITY, problem.program().lower(0));
    assertEquals(4.5, problem.program().lower(1));
    assertEquals(7.5, optimum(text));
    read.clear(); // what is written has other names
  }

  @Test
  void rangesAndBoundsTooMayNameTheirSetOnce() throws IOException {
    String text =
        """
        NAME x
        OBJSENSE MAX
        ROWS
         N o
         L r
        COLUMNS
         a o 1 r 1
         b o 1 r 1
        RHS
         RHS r 100
        BOUNDS
         UP BND a 4
         UP b 5
        ENDATA
        """;
    assertEquals(9, optimum(text));
    String ranged = TWO_ROWS + "RHS\n r 3 s 4\nRANGES\n RNG r 2\n s 3\nENDATA\n";
    assertEquals(5, read(ranged).program().rowUpper(0));
    assertEquals(7, read(ranged).program().rowUpper(1));
  }

  @Test
  void furtherSetsAreNamedWhenTheyAreLeftOut() throws IOException {
    MpsProblem problem =
        read(TWO_ROWS + "RHS\n A r 3 s 4\n B r 9\n s 9\n C r 1\nBOUNDS\n UP U a 8\nENDATA\n");
    assertEquals(
        List.of(
            "of the sets in RHS only the first, \"A\", counts; left out: \"B\", \"C\" (3 values)"),
        problem.notes());
  }

  @Test
  void integerColumnsWithoutBoundsAreFromZeroToOne() throws IOException {
    String text =
        """
        NAME x
        OBJSENSE MAX
        ROWS
         N o
         L r
        COLUMNS
            MARKER                 'MARKER'                 'INTORG'
         a o 1 r 2
            MARKER                 'MARKER'                 'INTEND'
        RHS
         RHS r 15
        BOUNDS
        ENDATA
        """;
    assertEquals(1, optimum(text));
    assertEquals(
        List.of(
            "1 integer column (\"a\"): taken as continuous",
            "1 integer column (\"a\") without bounds: taken as [0, 1]"),
        read.get(0).notes());
    assertBounds(text, "PL B a", 0, INFINITY);
    assertBounds(text, "LO B a 2", 2, INFINITY);
    assertBounds(text, "LI B a 2", 2, INFINITY);
    assertBounds(text, "UP B a 7", 0, 7);
    assertBounds(text, "UI B a 7", 0, 7);
    assertBounds(text, "FR B a", -INFINITY, INFINITY);
    assertBounds(text, "MI B a", -INFINITY, INFINITY);
    assertBounds(text, "UP B a inf", 0, INFINITY);
    assertBounds(text, "BV B a", 0, 1);
    assertEquals(INFINITY, read(text.replaceAll(" +MARKER.*\n", "")).program().upper(0));
  }

  private void assertBounds(String text, String bound, double lower, double upper)
      throws IOException {
    MpsProblem problem = read(text.replace("BOUNDS\n", "BOUNDS\n " + bound + "\n"));
    assertEquals(lower, problem.program().lower(0), bound);
    assertEquals(upper, problem.program().upper(0), bound);
    assertEquals(1, problem.notes().size(), bound);
  }

  @Test
  void aDollarInTheThirdOrFifthFieldBeginsAComment() throws IOException {
    String text =
        """
        NAME          rvb-sub
        ROWS      $ the rows
         E  s0        $t5                  0
         N  cost
        COLUMNS
            x         cost                 1   s0                   1
        RHS
            RHS       s0                   3   $ a comment in field 5
        BOUNDS
         UP BND       x                   99   $ another
        ENDATA
        """;
    assertEquals(3, optimum(text));
    assertEquals(3, optimum(text.replaceAll(" +", " ").replace("RHS s0", "s0")));
  }

  @Test
  void infinityMayBeAWord() throws IOException {
    String text =
        """
        NAME x
        OBJSENSE MAX
        ROWS
         N o
         L r
         G s
        COLUMNS
         a o 1 r 1
         b o 1 r 1
         b s 1
        RHS
         RHS r 5 s -inf
        BOUNDS
         LO BND1 a -inf
         UP BND1 a Infinity
         UP BND1 b 1e30
         LO BND1 b -INFINITY
        ENDATA
        """;
    assertEquals(5, optimum(text));
    assertEquals(-INFINITY, read.get(0).program().lower(1));
    assertEquals("KLP-002", refused(text.replace("o 1 r 1\n b", "o inf r 1\n b")).code());
    assertEquals("KLP-002", refused(text.replace("s -inf", "o inf")).code());
    assertEquals("KLP-007", refused(text.replace("LO BND1 a -inf", "LO BND1 a inf")).code());
    assertEquals("KLP-007", refused(text.replace("r 5 s -inf", "r -inf")).code());
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    assertEquals(7, optimum("\ufeff" + TWO_ROWS + "RHS\n r 3 s 4\nENDATA\n"));
  }

  @Test
  void sectionsComeInAnyOrderThatCanBeRead() throws IOException {
    String head = "NAME x\nROWS\n N o\n L r\n";
    String columns = "COLUMNS\n a o -1 r 1\n";
    String ranges = "RANGES\n RNG r 3\n";
    String sides = "RHS\n RHS r 10\n";
    String bounds = "BOUNDS\n UP BND a 99\n";
    for (String order :
        List.of(
            columns + ranges + sides + bounds,
            columns + bounds + ranges + sides,
            sides + columns + bounds + ranges,
            ranges + sides + columns + bounds)) {
      assertEquals(-10, optimum(head + order + "ENDATA\n"));
      assertEquals(7, read.get(read.size() - 1).program().rowLower(0));
    }
    assertEquals("KLP-001", refused(head + bounds + columns + "ENDATA\n").code());
    assertTrue(refused(head + columns + sides + sides).problem().contains("given twice"));
  }

  @Test
  void theObjectiveAndItsSenseAreChosenInSeveralWays() throws IOException {
    String body =
        """
        ROWS
         N first
         N gain
         L r
        COLUMNS
         a first 5 gain 1
         a r 1
        RHS
         RHS r 4
        ENDATA
        """;
    assertEquals(4, optimum("NAME x\nOBJSENSE\n    MAX\nOBJNAME\n    gain\n" + body));
    assertEquals(4, optimum("NAME x\nOBJSENSE\nMAXIMIZE\nOBJNAME gain\n" + body));
    assertEquals(20, optimum("NAME x\nobjsense max\n" + body));
    assertEquals(0, optimum("NAME x\nOBJNAME gain\nOBJSENSE MIN\n" + body));
    String late = body.replace("COLUMNS", "OBJNAME\n gain\nOBJSENSE\n MAX\nCOLUMNS");
    assertEquals(4, optimum("NAME x\n" + late));
    for (String name : List.of("r", "none")) {
      MpsException e = refused("NAME x\nOBJNAME " + name + "\n" + body);
      assertEquals("KLP-003", e.code());
      assertTrue(e.problem().contains("no N row"), e.problem());
    }
    assertTrue(refused("NAME x\n" + body.replace("RHS\n", "OBJNAME gain\nRHS\n")).line() > 0);
  }

  @Test
  void dataMayStandAtTheMargin() throws IOException {
    String text =
        """
        NAME
        ROWS
        N  NoObj
        L  r0
        G  r1
        COLUMNS
        RHS       r0        1
        RHS       r1        1
        RHS
        RHS       r1        1
        BOUNDS
        FR BOUND     RHS
        ENDATA
        """;
    MpsProblem problem = read(text);
    LpResult result = new SimplexSolver(SimplexOptions.defaults()).solve(problem.program());
    assertInstanceOf(LpResult.Infeasible.class, result);
    assertEquals("RHS", problem.program().columnName(0));
    assertEquals(1, problem.program().rowLower(1));
    assertEquals(
        7,
        optimum(
            TWO_ROWS.replace("\n ", "\n")
                + "RHS\nr 3\nRHS r 9\n".replace("RHS r 9", "s 4")
                + "ENDATA\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUADOBJ", "QMATRIX", "QSECTION o", "QCMATRIX r"})
  void quadraticProgramsAreRefusedAsSuch(String section) {
    MpsException e = refused(TWO_ROWS + "RHS\n r 3\n" + section + "\n a a 2\nENDATA\n");
    assertEquals("KLP-007", e.code());
    assertEquals(11, e.line());
    assertTrue(e.problem().contains("quadratic"), e.problem());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SOS", "SOS1", "SOS2", "INDICATORS", "CSECTION", "GENCONS", "LAZYCONS"})
  void otherProgramsAreRefusedByTheirKind(String section) {
    MpsException e = refused(TWO_ROWS + section + "\n x y 2\nENDATA\n");
    assertEquals("KLP-007", e.code());
    assertTrue(e.problem().startsWith("section " + section + " holds "), e.problem());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ test\nMinimize\n COST: X\nSubject To\n LIM1: X <= 5\nEnd\n",
        "Maximize\n obj: x\nst\n c: x <= 1\nend\n",
        "min\n x\n",
        "/* Objective function */\nmax: +143 x +60 y;\n",
        "max: 3x + 2y;\n"
      })
  void lpFormatIsNamed(String text) {
    MpsException e = refused(text);
    assertEquals("KLP-008", e.code());
    assertTrue(e.problem().contains("LP format"), e.problem());
  }

  @Test
  void otherEncodingsAndArchivesAreNamed() {
    String text = TWO_ROWS + "ENDATA\n";
    for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      byte[] bytes = text.getBytes(Charset.forName(charset));
      MpsException e = refused(bytes);
      assertEquals("KLP-008", e.code(), charset);
      assertTrue(e.problem().contains("UTF-16"), e.problem());
    }
    assertTrue(refused("BZh91AY").problem().contains("bzip2"));
    assertTrue(refused("PK\003\004xx").problem().contains("zip"));
  }

  @Test
  void whatIsNoFileIsNamed() {
    MpsException e = assertThrows(MpsException.class, () -> Mps.read(folder));
    assertEquals(folder + ": is a folder, expected an MPS file", e.getMessage());
    Path device = Path.of("/dev/null");
    if (Files.exists(device)) {
      assertEquals("KLP-008", assertThrows(MpsException.class, () -> Mps.read(device)).code());
    }
  }

  @Test
  void namesThatWouldReadAsCommentsAreReplacedWhenWritten() throws IOException {
    read("NAME x\nROWS\n N o\n L r\nCOLUMNS\n $a o 1 r 1\n b o 1 r 1\nENDATA\n");
    MpsProblem problem = read.remove(0);
    assertEquals("$a", problem.program().columnName(0));
    Path file = folder.resolve("n.mps");
    Mps.write(file, problem);
    assertEquals("C1", Mps.read(file).program().columnName(0));
  }
}
