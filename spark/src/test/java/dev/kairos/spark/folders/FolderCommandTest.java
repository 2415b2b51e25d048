// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.spark.harness.Kairos;
import dev.kairos.spark.harness.Master;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCommandTest {
  private static final String PLAN = "Maximize\n obj: x + 2 y\nSubject To\n c: x + y <= %d\nEnd\n";

  @TempDir Path folder;

  private static JsonNode withoutTime(JsonNode result) {
    return ((ObjectNode) result).without(List.of("seconds"));
  }

  private static List<JsonNode> lines(String text) {
    return text.lines().map(FolderCommandTest::read).toList();
  }

  private static JsonNode read(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path programs() throws IOException {
    Path programs = Files.createDirectory(folder.resolve("programs"));
    for (int i = 1; i <= 5; i++) {
      Files.writeString(programs.resolve("p" + i + ".lp"), PLAN.formatted(i));
    }
    Files.writeString(programs.resolve("notes.txt"), "not a program");
    return programs;
  }

  @Test
  void eachFileGivesWhatTheCommandSaysOfIt() throws IOException {
    Path programs = programs();
    Path instances = Files.createDirectory(folder.resolve("instances"));
    Files.writeString(instances.resolve("a.json"), "[{\"start\":2,\"end\":5,\"score\":0.7}]");
    Files.writeString(
        instances.resolve("b.json"),
        "[{\"start\":1,\"end\":4,\"score\":0.5},{\"start\":3,\"end\":8,\"score\":0.2}]");
    Path lengths = Files.writeString(folder.resolve("t.json"), "{\"a\": 10, \"b\": 12}");
    Path out = folder.resolve("labels.jsonl");
    try (SparkSession session = Master.LOCAL.open()) {
      List<JsonNode> solved =
          lines(Kairos.spark("lp", "solve", programs, "--solution", "--json").succeeded().out());
      assertEquals(5, solved.size());
      for (int i = 1; i <= 5; i++) {
        assertEquals("p" + i + ".lp", solved.get(i - 1).get("file").asText());
        Path file = programs.resolve("p" + i + ".lp");
        JsonNode alone =
            read(Kairos.command("lp", "solve", file, "--solution", "--json").succeeded().out());
        assertEquals(withoutTime(alone), withoutTime(solved.get(i - 1).get("result")));
      }
      Kairos.spark("pseudo-label", "--instances", instances, "--lengths", lengths, "--out", out)
          .succeeded();
      List<JsonNode> labels = lines(Files.readString(out));
      assertEquals(10, labels.get(0).at("/result/label").size());
      Path b = instances.resolve("b.json");
      assertEquals(
          read(
              Kairos.command("pseudo-label", "--instances", b, "--length", 12, "--json")
                  .succeeded()
                  .out()),
          labels.get(1).get("result"));
    }
  }

  @Test
  void aFileThatFailsStopsTheOthersOrDoesNot() throws IOException {
    Path programs = programs();
    Files.writeString(programs.resolve("p3.lp"), "no program");
    Path out = folder.resolve("answers.jsonl");
    try (SparkSession session = Master.LOCAL.open()) {
      Kairos stopped = Kairos.spark("lp", "solve", programs, "--out", out);
      assertEquals(1, stopped.code(), stopped.err());
      assertTrue(stopped.err().contains("p3.lp: exit code 3"), stopped.err());
      assertFalse(Files.exists(out));
      Kairos went = Kairos.spark("lp", "solve", programs, "--on-error=skip", "--out", out);
      assertEquals(1, went.code(), went.err());
      assertTrue(went.err().contains("1 of 5 files failed"), went.err());
      List<JsonNode> lines = lines(Files.readString(out));
      assertEquals(List.of(0, 0, 3, 0, 0), lines.stream().map(n -> n.get("exit").asInt()).toList());
      assertTrue(lines.get(2).get("result").isNull());
      assertTrue(lines.get(2).get("messages").asText().contains("p3.lp"));
    }
  }

  @Test
  void aWrongCommandLineNeedsNoCluster() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertTrue(Kairos.spark("lp", "solve", empty).err().contains("holds no file"));
    assertEquals(3, Kairos.spark("lp", "solve", folder.resolve("none")).code());
    assertEquals(2, Kairos.spark("lp", "show", empty).code());
    assertEquals(2, Kairos.spark("lp", "solve").code());
    assertEquals(2, Kairos.spark("lp", "solve", empty, "--log").code());
    assertTrue(Kairos.spark("lp", "solve", "--help").succeeded().out().contains("lp solve DIR"));
    assertTrue(Kairos.spark("--help").succeeded().out().contains("pseudo-label"));
    Kairos unknown = Kairos.spark("locallize");
    assertEquals(2, unknown.code());
    assertTrue(unknown.err().contains("did you mean 'localize'?"), unknown.err());
    assertTrue(Kairos.spark().err().contains("KUSE-002"));
  }

  @Test
  void withoutAMasterNobodyGuesses() throws IOException {
    Kairos nowhere = Kairos.spark("lp", "solve", programs());
    assertEquals(2, nowhere.code());
    assertTrue(nowhere.err().contains("no master"), nowhere.err());
  }
}
