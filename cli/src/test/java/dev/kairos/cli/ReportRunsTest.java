// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportRunsTest {
  @TempDir static Path shared;

  private static Path data = Path.of("");
  private static Path pair = Path.of("");
  private static Path longer = Path.of("");

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    data = TinyData.write(shared.resolve("data"));
    pair = shared.resolve("runs/pair");
    longer = shared.resolve("runs/longer");
    assertEquals(0, TinyData.train(data, pair, "--seeds", 2, "--seed", 9).code());
    assertEquals(
        0, TinyData.train(data, longer, "--seed", 9, "--set", "learningRate=0.002").code());
  }

  /** A copy of a finished run that may be changed. */
  private Path copy() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("copy"));
    try (var files = Files.list(longer)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private static void assertFails(int code, String words, Run run) {
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(words), run.err());
    assertEquals("", run.out());
  }

  @Test
  void trainingKeepsWhatEvaluateSays() throws IOException {
    Path detections = longer.resolve("detections.json");
    Run run = Run.of("evaluate", "--json", "--detections", detections, "--truth", data);
    assertEquals(Files.readString(longer.resolve("evaluation.json")).strip(), run.out().strip());
    Run inspected = Run.of("inspect", longer);
    assertEquals(0, inspected.code(), inspected.err());
    assertTrue(inspected.out().contains("average mAP "), inspected.out());
    assertTrue(inspected.out().contains("config.toml:"), inspected.out());
  }

  @Test
  void comparesRunsAndSeeds() throws IOException {
    Path page = folder.resolve("c.html");
    Run run = Run.of("report", pair, longer, longer, "--out", page);
    assertEquals(0, run.code(), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(6, lines.size(), run.out());
    assertTrue(lines.get(0).startsWith("mAP, % "), run.out());
    assertTrue(lines.get(1).startsWith("pair/seed-9 "), run.out());
    assertTrue(lines.get(2).startsWith("pair/seed-10 "), run.out());
    assertTrue(lines.get(3).startsWith("longer "), run.out());
    assertTrue(lines.get(4).startsWith("pair, seeds 9, 10, mean "), run.out());
    var summary = new ObjectMapper().readTree(pair.resolve("summary.json").toFile());
    double mean = summary.at("/mean/average").asDouble() * 100;
    double deviation = summary.at("/sd/average").asDouble() * 100;
    assertTrue(lines.get(4).endsWith(String.format(java.util.Locale.ROOT, " %.2f", mean)));
    assertTrue(lines.get(5).endsWith(String.format(java.util.Locale.ROOT, " %.2f", deviation)));
    String html = Files.readString(page);
    String settings = html.substring(html.indexOf("id=\"settings\""));
    settings = settings.substring(0, settings.indexOf("</table>"));
    assertTrue(
        settings.contains("learningRate</th><td>0.001</td><td>0.001</td><td>0.002</td>"), settings);
    assertTrue(settings.contains("seed</th><td>9</td><td>10</td><td>9</td>"), settings);
    assertEquals(3, settings.split("<tr>", -1).length - 1, settings);
    assertEquals(3, html.split("<path class=\"curve", -1).length - 1);
  }

  @Test
  void writesThePageOfOneRun() throws IOException {
    Path copy = copy();
    Files.delete(copy.resolve("report.html"));
    Run run = Run.of("report", copy);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().lines().toList().get(1).startsWith("copy "), run.out());
    assertTrue(run.err().contains("recordings are left out"), run.err());
    String plain = Files.readString(copy.resolve("report.html"));
    assertTrue(plain.contains("average mAP") && plain.contains("recordings are left out"), plain);
    assertEquals(0, Run.of("report", copy, "--data", data).code());
    String full = Files.readString(copy.resolve("report.html"));
    assertFalse(full.contains("recordings are left out"));
    assertEquals(3, full.split("<article", -1).length - 1);
  }

  @Test
  void anUnfinishedRunIsListedAsSuch() throws IOException {
    Path late = folder.resolve("late");
    assertEquals(4, TinyData.train(data, late, "--max-time", "0").code());
    Path begun = Files.createDirectories(folder.resolve("begun"));
    Files.copy(longer.resolve("config.toml"), begun.resolve("config.toml"));
    Path page = folder.resolve("c.html");
    Run run = Run.of("report", longer, late, begun, "--out", page);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("late: training is not finished: 1 step done"), run.out());
    assertTrue(run.out().contains("begun: training is not finished: 0 steps done"), run.out());
    assertTrue(Files.readString(page).contains("training is not finished: 1 step done"));
  }

  @Test
  void scoresThatAreMissingOrDamagedAreNamed() throws IOException {
    Path copy = copy();
    byte[] scores = Files.readAllBytes(copy.resolve("evaluation.json"));
    Path page = folder.resolve("c.html");
    Files.delete(copy.resolve("evaluation.json"));
    Run missing = Run.of("report", longer, copy, "--out", page);
    assertFails(3, copy + ": is trained, but has no scores", missing);
    assertTrue(missing.err().contains("kairos train basnet --data DIR --out"), missing.err());
    assertTrue(missing.err().contains("--resume"), missing.err());
    assertFalse(Files.exists(page));
    assertEquals(0, TinyData.resume(data, copy).code());
    assertArrayEquals(scores, Files.readAllBytes(copy.resolve("evaluation.json")));

    Files.writeString(copy.resolve("evaluation.json"), "{\"tiou\": [0.5], \"map\": 3}");
    assertFails(3, "evaluation.json", Run.of("report", longer, copy, "--out", page));
    assertFails(3, "KDATA-203", Run.of("report", longer, folder, "--out", page));
  }

  @Test
  void scoresOnOtherAnnotationsOrThresholdsAreNotHeldAgainstEachOther() throws IOException {
    Path copy = copy();
    Path origin = copy.resolve("provenance.json");
    String text = Files.readString(origin);
    Files.writeString(origin, text.replaceAll("(\"annotations.json\" : \")[0-9a-f]{4}", "$10000"));
    Files.writeString(
        copy.resolve("evaluation.json"),
        "{\"tiou\":[0.5,0.75],\"map\":[0.5,0.25],\"average\":0.375,\"per_class\":{},"
            + "\"videos\":3,\"detections\":1}");
    Run run = Run.of("report", longer, copy, "--out", folder.resolve("c.html"));
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("different annotations"), run.err());
    assertTrue(run.err().contains("different tIoU thresholds"), run.err());
    assertTrue(run.out().contains("@0.75"), run.out());
    assertTrue(run.out().contains(" – "), run.out());
  }

  @Test
  void refusesAWrongCommandLine() {
    assertFails(2, "report needs run folders", Run.of("report"));
    assertFails(
        2, "do not go together", Run.of("report", longer, "--detections", "a", "--truth", "b"));
    assertFails(2, "--truth", Run.of("report", "--detections", "a", "--out", "x"));
    assertFails(2, "--out FILE", Run.of("report", "--detections", "a", "--truth", "b"));
    assertFails(2, "of one run", Run.of("report", longer, pair, "--data", data));
    assertFails(2, "--cas needs", Run.of("report", longer, "--cas", data));
  }
}
