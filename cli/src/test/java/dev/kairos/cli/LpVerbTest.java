// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.lp.io.Mps;
import dev.kairos.lp.simplex.SimplexProgress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LpVerbTest {
  /** Maximise 3x + 2y, x + y no more than 4, x at most 3. */
  private static final String SMALL =
      """
      NAME SMALL
      OBJSENSE MAX
      ROWS
       N GAIN
       L TOTAL
      COLUMNS
       X GAIN 3 TOTAL 1
       Y GAIN 2 TOTAL 1
      RHS
       RHS TOTAL 4
      BOUNDS
       UP B X 3
      ENDATA
      """;

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("p.mps"), text);
  }

  private JsonNode solved(String text, Object... more) throws IOException {
    Object[] args = new Object[more.length + 4];
    args[0] = "lp";
    args[1] = "solve";
    args[2] = file(text);
    args[3] = "--json";
    System.arraycopy(more, 0, args, 4, more.length);
    Run run = Run.of(args);
    assertEquals(0, run.code(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void jsonIsThatOfTheContract() throws IOException {
    JsonNode found = solved(SMALL, "--solution");
    assertEquals("optimal", found.get("status").asText());
    assertEquals(11, found.get("objective").asDouble());
    assertTrue(found.get("iterations").isInt());
    assertEquals(0, found.get("primal_residual").asDouble(), 1e-9);
    assertEquals(0, found.get("dual_residual").asDouble(), 1e-9);
    assertTrue(found.get("seconds").asDouble() >= 0);
    assertEquals(3, found.get("x").get("X").asDouble());
    assertEquals(1, found.get("x").get("Y").asDouble());
    assertFalse(solved(SMALL).has("x"));
    assertTrue(found.get("bound").isNull());
  }

  @Test
  void infeasibleAndUnboundedAreResults() throws IOException {
    JsonNode infeasible = solved(SMALL.replace("UP B X 3", "LO B X 5"));
    assertEquals("infeasible", infeasible.get("status").asText());
    assertTrue(infeasible.get("objective").isNull());
    JsonNode unbounded = solved(SMALL.replace(" L TOTAL", " G TOTAL"));
    assertEquals("unbounded", unbounded.get("status").asText());
  }

  /** A plan of a thousand million that falls short by fifty. */
  private static final String SHORT =
      """
      NAME SHORT
      ROWS
       N COST
       L MONEY
      COLUMNS
       X COST 1 MONEY 1
       Y COST 1 MONEY 1
      RHS
       RHS MONEY 1000000000
      BOUNDS
       LO B X 600000000
       LO B Y 400000050
      ENDATA
      """;

  @Test
  void absoluteNumbersStandBesideRelativeOnes() throws IOException {
    JsonNode proof = solved(SHORT);
    assertEquals("infeasible", proof.get("status").asText());
    assertEquals(50, proof.get("margin").asDouble(), 1e-6);
    assertTrue(proof.get("rounding").asDouble() < 1e-5, proof.toString());
    assertTrue(proof.get("primal_violation").isNull());
    JsonNode found = solved(SHORT.replace("400000050", "400000000"));
    assertEquals("optimal", found.get("status").asText());
    assertEquals(0, found.get("primal_violation").asDouble(), 1e-6);
    assertEquals(0, found.get("dual_violation").asDouble(), 1e-9);
    assertTrue(found.get("margin").isNull());
    Run run = Run.of("lp", "solve", file(SHORT));
    assertTrue(run.out().contains("margin           50.0"), run.out());
  }

  @Test
  void aLongSolveSaysHowFarItIs() throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(said, true, UTF_8);
    long[] seconds = {0};
    LpProgress progress =
        new LpProgress(
            Mps.read(file(SMALL)),
            new Messages(err, false, false, false),
            () -> seconds[0] * 1_000_000_000L);
    progress.accept(new SimplexProgress(SimplexProgress.Method.DUAL, true, 100, 0, 7));
    assertEquals("", said.toString(UTF_8));
    seconds[0] = 3;
    progress.accept(new SimplexProgress(SimplexProgress.Method.DUAL, true, 1200, 0, 7));
    seconds[0] = 4;
    progress.accept(new SimplexProgress(SimplexProgress.Method.DUAL, true, 1300, 0, 7));
    seconds[0] = 6;
    progress.accept(new SimplexProgress(SimplexProgress.Method.PRIMAL, false, 2500, -11, 0));
    assertEquals(
        """
        dual simplex: 1,200 iterations, phase 1, infeasibility 7.00
        primal simplex: 2,500 iterations, objective 11.0000, infeasibility 0.00
        """,
        said.toString(UTF_8).replace("\r", ""));
  }

  @Test
  void linesForPeople() throws IOException {
    Run run = Run.of("lp", "solve", file(SMALL), "--solution");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("status           optimal"), run.out());
    assertTrue(run.out().contains("objective        11.0"), run.out());
    assertTrue(run.out().contains("  Y              1.0"), run.out());
  }

  @Test
  void aLimitThatIsReachedIsNoProof() throws IOException {
    Run run = Run.of("lp", "solve", file(SMALL), "--json", "--time-limit", "0");
    assertEquals(4, run.code(), run.err());
    assertTrue(run.out().contains("\"status\":\"time_limit\""), run.out());
    assertTrue(run.err().contains("KINT-002"), run.err());
  }

  @Test
  void badInputNamesFileAndLine() throws IOException {
    Run run = Run.of("lp", "solve", file(SMALL.replace("RHS TOTAL 4", "RHS TOTAL four")));
    assertEquals(3, run.code());
    assertTrue(run.err().contains("KLP-002: " + folder.resolve("p.mps") + ":10: "), run.err());
    assertEquals("", run.out());
    assertEquals(3, Run.of("lp", "solve", folder.resolve("none.mps")).code());
    assertEquals(2, Run.of("lp").code());
    assertEquals(2, Run.of("lp", "solve").code());
    assertEquals(2, Run.of("lp", "solv", "x.mps").code());
    assertEquals(2, Run.of("lp", "solve", file(SMALL), "--time-limit", "-1").code());
    assertEquals(0, Run.of("lp", "solve", "--help").code());
  }

  @Test
  void aDashIsStandardInput() {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(SMALL.getBytes(UTF_8)));
      Run run = Run.of("lp", "solve", "-");
      assertEquals(0, run.code(), run.err());
      assertTrue(run.out().contains("objective        11.0"), run.out());
      System.setIn(new ByteArrayInputStream("NAME x\nROWS\n Q c\n".getBytes(UTF_8)));
      Run bad = Run.of("lp", "solve", "-");
      assertEquals(3, bad.code());
      assertTrue(bad.err().startsWith("kairos: KLP-001: standard input:3: "), bad.err());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aFolderIsNamed() {
    Run run = Run.of("lp", "solve", folder);
    assertEquals(3, run.code());
    assertEquals(
        "kairos: KLP-008: " + folder + ": is a folder, expected an MPS file", run.err().strip());
  }

  @Test
  void relaxedIntegersAreSaid() throws IOException {
    Path file = file(SMALL.replace("UP B X 3", "UI B X 3\n BV B Y"));
    Run run = Run.of("lp", "solve", file);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("2 integer columns (first \"X\"): taken as continuous"));
    assertTrue(run.err().startsWith(file + ": "), run.err());
  }

  @Test
  void inspectSaysWhatAnMpsFileHolds() throws IOException {
    Run run = Run.of("inspect", file(SMALL));
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().contains("linear program SMALL to maximise: 1 row, 2 columns, 2 entries"),
        run.out());
    assertEquals(3, Run.of("inspect", file("ROWS\n")).code());
  }
}
