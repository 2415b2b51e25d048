// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LpTablesVerbTest {
  private static final String SMALL =
      """
      Maximize
       gain: 3 x + 2 y
      Subject To
       total: x + y <= 4
      Bounds
       x <= 3
      End
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("p.lp"), text);
  }

  private static JsonNode json(Run run) throws IOException {
    assertEquals(0, run.code(), run.err());
    return JSON.readTree(run.out());
  }

  @Test
  void dualsAndReducedCostsAreInTheSenseOfTheFile() throws IOException {
    Path file = file(SMALL);
    JsonNode found =
        json(
            Run.of(
                "lp",
                "solve",
                file,
                "--json",
                "--duals",
                "--reduced-costs",
                "--activities",
                "--solution"));
    assertEquals(11, found.get("objective").asDouble());
    assertEquals(3, found.get("x").get("x").asDouble());
    assertEquals(2, found.get("duals").get("total").asDouble());
    assertEquals(1, found.get("reduced_costs").get("x").asDouble());
    assertEquals(0, found.get("reduced_costs").get("y").asDouble());
    assertEquals(4, found.get("activities").get("total").asDouble());
    Run lines = Run.of("lp", "solve", file, "--duals", "--reduced-costs");
    assertTrue(lines.out().contains("duals:"), lines.out());
    assertTrue(lines.out().contains("  total          2.0"), lines.out());
    assertTrue(lines.out().contains("reduced costs:"), lines.out());
    assertFalse(json(Run.of("lp", "solve", file, "--json")).has("duals"));
  }

  @Test
  void theRowsThatProveInfeasibilityAreNamed() throws IOException {
    Path file = file(SMALL.replace("Bounds", " much: x + y >= 5\nBounds"));
    JsonNode found = json(Run.of("lp", "solve", file, "--json"));
    JsonNode rows = found.get("conflict").get("rows");
    assertEquals("total", rows.get(0).get("name").asText());
    assertEquals(-1, rows.get(0).get("multiplier").asDouble());
    assertEquals(4, rows.get(0).get("bound").asDouble());
    assertEquals("much", rows.get(1).get("name").asText());
    assertEquals(0, found.get("conflict").get("columns").size());
    Run lines = Run.of("lp", "solve", file, "--solution-file", folder.resolve("s.sol"));
    assertTrue(lines.out().contains("conflict of rows 2"), lines.out());
    assertTrue(lines.out().contains("  much           at 5.0, times 1.0"), lines.out());
    assertEquals("# Status = infeasible\n", Files.readString(folder.resolve("s.sol")));
  }

  @Test
  void aSolutionIsAFile() throws IOException {
    Path file = file(SMALL);
    Path plain = folder.resolve("s.sol");
    assertEquals(0, Run.of("lp", "solve", file, "--solution-file", plain).code());
    assertEquals(
        "# Status = optimal\n# Objective value = 11.0\nx 3.0\ny 1.0\n", Files.readString(plain));
    Path whole = folder.resolve("s.json");
    assertEquals(0, Run.of("lp", "solve", file, "--solution-file", whole).code());
    JsonNode found = JSON.readTree(whole.toFile());
    assertEquals(1, found.get("x").get("y").asDouble());
    assertEquals(2, found.get("duals").get("total").asDouble());
    Run none = Run.of("lp", "solve", file, "--solution-file", folder.resolve("no/s.sol"));
    assertEquals(3, none.code(), none.err());
  }

  @Test
  void aBasisGoesOutAndIn() throws IOException {
    Path file = file(SMALL);
    Path basis = folder.resolve("b.bas");
    assertEquals(0, Run.of("lp", "solve", file, "--basis-out", basis).code());
    assertEquals("NAME \n UL x\n XU y total\nENDATA\n", Files.readString(basis));
    JsonNode found = json(Run.of("lp", "solve", file, "--basis-in", basis, "--json"));
    assertEquals(0, found.get("iterations").asInt());
    assertEquals(11, found.get("objective").asDouble());
    Files.writeString(basis, " UL z\nENDATA\n");
    Run bad = Run.of("lp", "solve", file, "--basis-in", basis);
    assertEquals(3, bad.code());
    assertTrue(bad.err().contains("KLP-003: " + basis + ":1: unknown column \"z\""), bad.err());
    Path unbounded = file(SMALL.replace("x + y <= 4", "x - y <= 4"));
    Path none = folder.resolve("none.bas");
    Run run = Run.of("lp", "solve", unbounded, "--basis-out", none);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("not written"), run.err());
    assertFalse(Files.exists(none));
  }

  @Test
  void aLogSaysHowItGoes() throws IOException {
    Run run = Run.of("lp", "solve", file(SMALL), "--log", "--no-presolve");
    assertEquals(0, run.code());
    assertTrue(run.err().contains("LinearProgram[1 rows, 2 columns, 2 entries]"), run.err());
    assertTrue(run.err().contains("simplex: "), run.err());
    assertEquals("", Run.of("lp", "solve", file(SMALL)).err());
  }

  @Test
  void optionsOfTheSolver() throws IOException {
    Path file = file(SMALL);
    String[] all = {"--no-presolve", "--no-scaling", "--no-perturbation", "--tolerance=1e-7"};
    for (String option : all) {
      assertEquals(
          11, json(Run.of("lp", "solve", file, option, "--json")).get("objective").asInt());
    }
    Run stopped = Run.of("lp", "solve", file, "--no-presolve", "--iteration-limit", "0", "--json");
    assertEquals(4, stopped.code());
    JsonNode found = JSON.readTree(stopped.out());
    assertEquals("iteration_limit", found.get("status").asText());
    assertTrue(found.get("bound").asDouble() >= 11, stopped.out());
    assertEquals(2, Run.of("lp", "solve", file, "--iteration-limit", "-1").code());
    assertEquals(2, Run.of("lp", "solve", file, "--tolerance", "0").code());
    String help = Run.of("lp", "solve", "--help").out();
    for (String option : new String[] {"--duals", "--basis-in", "--log", "--format", ".lp"}) {
      assertTrue(help.contains(option), help);
    }
  }

  @Test
  void theFormatMayBeSaid() throws IOException {
    Path other = Files.writeString(folder.resolve("program.txt"), SMALL);
    assertEquals(3, Run.of("lp", "solve", other).code());
    assertEquals(0, Run.of("lp", "solve", other, "--format", "lp").code());
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(SMALL.getBytes(UTF_8)));
      Run run = Run.of("lp", "solve", "-", "--format", "lp");
      assertTrue(run.out().contains("objective        11.0"), run.out() + run.err());
    } finally {
      System.setIn(before);
    }
    Run bad = Run.of("lp", "solve", file(SMALL.replace("<= 4", "4")));
    assertEquals(3, bad.code());
    assertTrue(bad.err().contains("KLP-001: " + folder.resolve("p.lp") + ":4: "), bad.err());
    Run inspected = Run.of("inspect", file(SMALL));
    assertTrue(inspected.out().contains("linear program to maximise: 1 row"), inspected.out());
  }
}
