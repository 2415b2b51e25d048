// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudoLabelVerbTest {
  private static final String TWO =
      "[{\"start\": 2, \"end\": 4, \"score\": 0.5, \"weight\": 3},"
          + " {\"start\": 8, \"end\": 9, \"score\": 0.25}]";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("instances.json"), text);
  }

  @Test
  void jsonIsThatOfTheContract() throws IOException {
    Run run = Run.of("pseudo-label", "--instances", file(TWO), "--length", 12, "--json");
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.err());
    assertEquals(
        "{\"label\":[0.0,0.0,0.25,0.25,0.0,0.0,0.0,0.0,0.25,0.0,0.0,0.0],"
            + "\"objective\":0.75,\"residual\":0.0,\"groups\":4}",
        run.out().strip());
  }

  @Test
  void asLines() throws IOException {
    Run run = Run.of("pseudo-label", "--instances", file(TWO), "--length", 12);
    assertEquals(
        List.of(
            "[2, 4)  0.25",
            "[8, 9)  0.25",
            "objective 0.75, residual 0.0, 4 groups of equal snippets"),
        run.out().lines().toList());
  }

  @Test
  void theOtherProgramsHaveOptions() throws IOException {
    Path instances = file(TWO);
    Run means =
        Run.of(
            "pseudo-label",
            "--instances",
            instances,
            "--length",
            12,
            "--json",
            "--weighting",
            "normalized");
    JsonNode json = new ObjectMapper().readTree(means.out());
    assertEquals(1.25, json.get("objective").asDouble(), 1e-12);
    // Beside a long instance there are fewer snippets than inside.
    Path wide = file("[{\"start\": 10, \"end\": 40, \"score\": 0.5}]");
    Run free =
        Run.of(
            "pseudo-label",
            "--instances",
            wide,
            "--length",
            60,
            "--json",
            "--weighting",
            "normalized",
            "--free");
    JsonNode signs = new ObjectMapper().readTree(free.out());
    assertEquals(0, signs.get("label").get(20).asDouble());
    assertEquals(-0.5, signs.get("label").get(9).asDouble(), 1e-12);
  }

  /** Of any sign, a sum inside and one beside it cost the same. */
  @Test
  void ofSeveralLabelsTheOneOfLeastNorm() throws IOException {
    Path one = file("[{\"start\": 3, \"end\": 7, \"score\": 0.6}]");
    List<Object> words =
        List.of("pseudo-label", "--instances", one, "--length", 12, "--free", "--json");
    assertEquals(0.1, valueAt(5, Run.of(words.toArray())), 1e-12);
    assertEquals(-0.1, valueAt(7, Run.of(words.toArray())), 1e-12);
    List<Object> vertex = new ArrayList<>(words);
    vertex.addAll(List.of("--choice", "vertex"));
    assertEquals(0.15, valueAt(5, Run.of(vertex.toArray())), 1e-12);
    assertEquals(0, valueAt(7, Run.of(vertex.toArray())));
    vertex.set(vertex.size() - 1, "middle");
    assertEquals(2, Run.of(vertex.toArray()).code());
  }

  private static double valueAt(int snippet, Run run) throws IOException {
    assertEquals(0, run.code(), run.err());
    return new ObjectMapper().readTree(run.out()).get("label").get(snippet).asDouble();
  }

  @Test
  void contradictionsAreSaidOnStandardError() throws IOException {
    Path twice =
        file(
            "[{\"start\": 2, \"end\": 4, \"score\": 0.5},"
                + " {\"start\": 2.5, \"end\": 4.5, \"score\": 0.25}]");
    Run run = Run.of("pseudo-label", "--instances", twice, "--length", 12, "--json");
    assertEquals(0, run.code());
    assertTrue(run.err().contains("of 2 scores, 1 could not be met"), run.err());
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertEquals(0.25, json.get("residual").asDouble(), 1e-12);
  }

  @Test
  void refusesBadInputByName() throws IOException {
    assertRefused("{}", "KFMT-222: ", "expected an array of instances");
    assertRefused(
        "[{\"start\": 1, \"end\": 2}]", "KFMT-222: ", "instance 0: expected key \"score\"");
    assertRefused("[{\"start\": 1, \"end\": 2, \"score\": \"x\"}]", "KFMT-223: ", "found x");
    assertRefused("[{\"start\": 1, \"end\": 2, \"score\": 1e999}]", "KFMT-223: ", "\"score\"");
    assertRefused("[{\"start\": 3, \"end\": 2, \"score\": 1}]", "KFMT-224: ", "3.0 to 2.0");
    assertRefused("[{\"start\": 12, \"end\": 13, \"score\": 1}]", "KFMT-224: ", "start < 12");
    assertRefused("[{\"start\": 1,", "KFMT-221: ", "line 1");
    assertRefused("[] []", "KFMT-222: ", "after the end");
    Path missing = folder.resolve("none.json");
    assertEquals(3, Run.of("pseudo-label", "--instances", missing, "--length", 5).code());
    assertEquals(2, Run.of("pseudo-label", "--instances", missing, "--length", 0).code());
    assertEquals(2, Run.of("pseudo-label", "--instances", missing, "--length", "x").code());
    assertEquals(2, Run.of("pseudo-label", "--length", 5).code());
  }

  private void assertRefused(String text, String code, String words) throws IOException {
    Path bad = file(text);
    Run run = Run.of("pseudo-label", "--instances", bad, "--length", 12);
    assertEquals(3, run.code(), run.err());
    assertEquals("", run.out());
    assertTrue(run.err().contains(code) && run.err().contains(words), run.err());
    assertTrue(run.err().contains(bad.toString()), run.err());
  }
}
