// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Npz;
import dev.kairos.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerbTest {
  // Two recordings; of class a one of two actions is found exactly, of class b the only one with
  // tIoU 0.5: AP is 0.5 for a at every threshold, 1 for b up to 0.5 and 0 above.
  private static final String TRUTH =
      """
      {"database": {
        "v1": {"subset": "test", "duration": 100, "annotations": [
          {"label": "a", "segment": [10, 20]}, {"label": "b", "segment": [40, 60]}]},
        "v2": {"subset": "test", "duration": 50, "annotations": [
          {"label": "a", "segment": [10, 20]}]},
        "t1": {"subset": "train", "duration": 50, "annotations": [
          {"label": "a", "segment": [1, 2]}]}}}
      """;
  private static final String DETECTIONS =
      """
      {"version": "VERSION 1.3", "external_data": {}, "results": {
        "v1": [{"label": "a", "score": 0.9, "segment": [10, 20]},
               {"label": "b", "score": 0.8, "segment": [40, 50]}],
        "v2": []}}
      """;

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Run evaluate(Object... more) throws IOException {
    List<Object> words = new ArrayList<>(List.of("evaluate"));
    words.addAll(List.of("--detections", file("detections.json", DETECTIONS)));
    words.addAll(List.of("--truth", file("truth.json", TRUTH)));
    words.addAll(List.of(more));
    return Run.of(words.toArray());
  }

  @Test
  void evaluateJsonIsThatOfTheContract() throws IOException {
    Run run = evaluate("--json", "--tiou", "0.3:0.1:0.6", "--subset", "test");
    assertEquals(0, run.code());
    assertEquals("", run.err());
    assertEquals(
        "{\"protocol\":\"activitynet\",\"subset\":\"test\",\"tiou\":[0.3,0.4,0.5,0.6],\"map\":[0.75,0.75,0.75,0.25],\"average\":0.625,"
            + "\"per_class\":{\"a\":[0.5,0.5,0.5,0.5],\"b\":[1.0,1.0,1.0,0.0]},"
            + "\"videos\":2,\"detections\":2,"
            + "\"boundaries\":{\"matched\":2,\"missed\":1,\"start\":0.0,\"start_absolute\":0.0,"
            + "\"end\":-5.0,\"end_absolute\":5.0}}",
        run.out().strip());
  }

  @Test
  void evaluateTakesAnotherProtocol() throws IOException {
    JsonNode challenge =
        new ObjectMapper()
            .readTree(
                evaluate("--json", "--quiet", "--protocol", "thumos14", "--tiou", "0.4,0.5").out());
    assertEquals("thumos14", challenge.get("protocol").asText());
    assertEquals("[0.75,0.25]", challenge.get("map").toString());
    Path unclear = file("ambiguous.txt", "v1  39.0  41.0\n");
    Run family =
        evaluate(
            "--json",
            "--protocol",
            "wtalc",
            "--snippets-per-second",
            "2",
            "--ambiguous",
            unclear,
            "--tiou",
            "0.5");
    assertEquals(
        0.25, new ObjectMapper().readTree(family.out()).get("average").asDouble(), family.err());
    assertTrue(family.err().contains("ambiguous stretch: 1 detection"), family.err());
  }

  @Test
  void evaluateSaysWhatAProtocolNeeds() throws IOException {
    Run family = evaluate("--protocol", "wtalc");
    assertEquals(2, family.code());
    assertTrue(family.err().contains("--snippets-per-second"), family.err());
    assertEquals(2, evaluate("--protocol", "voc").code());
    assertEquals(2, evaluate("--snippets-per-second", "2").code());
    assertEquals(2, evaluate("--protocol", "wtalc", "--snippets-per-second", "0").code());
    assertEquals(2, evaluate("--ambiguous", file("a.txt", "")).code());
  }

  @Test
  void evaluateUsesSevenThresholdsUnlessTold() throws IOException {
    JsonNode json = new ObjectMapper().readTree(evaluate("--json", "--quiet").out());
    assertEquals("[0.1,0.2,0.3,0.4,0.5,0.6,0.7]", json.get("tiou").toString());
    assertEquals((5 * 0.75 + 2 * 0.25) / 7, json.get("average").asDouble(), 1e-12);
    JsonNode averages = json.get("averages");
    assertEquals(0.75, averages.get("0.1:0.5").asDouble(), 1e-12);
    assertEquals((3 * 0.75 + 2 * 0.25) / 5, averages.get("0.3:0.7").asDouble(), 1e-12);
    assertEquals(json.get("average").asDouble(), averages.get("0.1:0.7").asDouble(), 1e-12);
    String table = evaluate("--quiet").out();
    assertTrue(table.contains("averages of mAP: 0.1:0.5 75.00, 0.3:0.7 55.00"), table);
  }

  @Test
  void evaluateAsATable() throws IOException {
    Run run = evaluate("--tiou", "0.5,0.75");
    assertEquals("subset test (there are test, train)", run.err().strip());
    assertEquals(
        List.of(
            "average precision, %    @0.5   @0.75 average",
            "a                      50.00   50.00   50.00",
            "b                     100.00    0.00   50.00",
            "mAP                    75.00   25.00   50.00",
            "2 recordings, 3 actions, 2 detections",
            "protocol activitynet, subset test"),
        run.out().lines().toList());
  }

  @Test
  void evaluateSaysWhatItLeftOut() throws IOException {
    String odd =
        DETECTIONS.replace(
            "\"v2\": []",
            "\"v2\": [{\"label\": \"c\", \"score\": 1, \"segment\": [0, 1]}],"
                + "\"v9\": [{\"label\": \"a\", \"score\": 1, \"segment\": [0, 1]}]");
    Path detections = file("odd.json", odd);
    Path truth = file("truth.json", TRUTH);
    Run run = Run.of("evaluate", "--detections", detections, "--truth", truth);
    assertEquals(0, run.code());
    assertTrue(
        run.err().contains("warning: Left out, as subset test has no such label: 1 detection."));
    assertTrue(
        run.err()
            .contains("warning: Counted as false positives: 1 detection in 1 recording outside"));
  }

  @Test
  void evaluateRefusesBadInputByName() throws IOException {
    Path bad = file("bad.json", "{\"results\": 5}");
    Path truth = file("truth.json", TRUTH);
    Run run = Run.of("evaluate", "--detections", bad, "--truth", truth, "--subset", "test");
    assertEquals(3, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("kairos: KFMT-2"), run.err());
    assertTrue(run.err().contains(bad.toString()), run.err());
    Run isFolder = Run.of("evaluate", "--detections", folder, "--truth", truth, "--quiet");
    assertEquals(3, isFolder.code());
    assertTrue(isFolder.err().contains(folder + ": is a folder"), isFolder.err());
    assertEquals(2, evaluate("--subset", "validation").code());
    assertEquals(2, evaluate("--tiou", "0.5:2").code());
    Path nobody = file("nobody.json", "{\"database\": {}}");
    assertEquals(3, Run.of("evaluate", "--detections", bad, "--truth", nobody).code());
    Path idle =
        file("idle.json", "{\"database\": {\"v\": {\"subset\": \"test\", \"annotations\": []}}}");
    Run undefined = Run.of("evaluate", "--detections", bad, "--truth", idle);
    assertEquals(3, undefined.code());
    assertTrue(undefined.err().contains("no annotated action"), undefined.err());
  }

  @Test
  void evaluateDoesNotGuessAmongOtherSubsets() throws IOException {
    Path truth = file("two.json", TRUTH.replace("\"test\"", "\"other\"").replace("train", "one"));
    Path detections = file("detections.json", DETECTIONS);
    Run run = Run.of("evaluate", "--detections", detections, "--truth", truth);
    assertEquals(2, run.code());
    assertTrue(run.err().contains("one, other"), run.err());
  }

  @Test
  void reportWritesAPageFromADataFolder() throws IOException {
    Path data = folder.resolve("data");
    assertEquals(0, Run.of("make-dataset", "thumos-like", "--quick", "--out", data).code());
    Path cas = Files.createDirectory(folder.resolve("cas"));
    Npy.write(cas.resolve("test_00001.npy"), NpyArray.ofFloats(new float[60 * 6], 60, 6));
    Path detections =
        file(
            "detections.json",
            "{\"results\": {\"test_00001\": [{\"label\": \"Action00\", \"score\": 0.5,"
                + " \"segment\": [1, 2]}]}}");
    Path page = folder.resolve("report.html");
    Run run =
        Run.of("report", "--detections", detections, "--truth", data, "--cas", cas, "--out", page);
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.out());
    String html = Files.readString(page);
    assertTrue(html.contains("SHA-256 of the detections"));
    assertTrue(html.contains("\"cas\":{"), "a curve");
    assertEquals(15, html.split("<article", -1).length - 1);

    assertTrue(html.contains("protocol activitynet, subset test"), "the protocol");
    Path kit = folder.resolve("kit.html");
    Run scored =
        Run.of(
            "report",
            "--detections",
            detections,
            "--truth",
            data,
            "--protocol",
            "thumos14",
            "--out",
            kit);
    assertEquals(0, scored.code(), scored.err());
    assertTrue(Files.readString(kit).contains("protocol thumos14, subset test"), "the protocol");

    Npy.write(cas.resolve("test_00001.npy"), NpyArray.ofFloats(new float[60 * 9], 60, 9));
    Path other = folder.resolve("other.html");
    Run wrong =
        Run.of("report", "--detections", detections, "--truth", data, "--cas", cas, "--out", other);
    assertEquals(3, wrong.code());
    assertTrue(wrong.err().contains("expected [T, 5] or [T, 6]"), wrong.err());
    assertFalse(Files.exists(other));
  }

  @Test
  void reportNeedsTheOrderOfTheClassesForCurves() throws IOException {
    Path truth = file("truth.json", TRUTH);
    Path detections = file("detections.json", DETECTIONS);
    Path page = folder.resolve("r.html");
    Run run =
        Run.of(
            "report", "--detections", detections, "--truth", truth, "--cas", folder, "--out", page);
    assertEquals(2, run.code());
    assertTrue(run.err().contains("dataset.toml"), run.err());
  }

  @Test
  void makeDatasetIsRepeatableAndOverwritesNothing() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    for (Path out : List.of(one, two)) {
      Run run = Run.of("make-dataset", "thumos-like", "--quick", "--seed", 9, "--out", out);
      assertEquals(0, run.code(), run.err());
      assertTrue(run.err().contains("5 classes, 15 test, 30 train recordings"), run.err());
    }
    assertEquals(
        Files.readString(one.resolve("annotations.json")),
        Files.readString(two.resolve("annotations.json")));
    Run again = Run.of("make-dataset", "thumos-like", "--quick", "--out", one);
    assertEquals(3, again.code());
    assertTrue(again.err().contains("KDATA-141"), again.err());
  }

  @Test
  void makeDatasetGivesAnnotationsMadeUpFeatures() throws IOException {
    Path annotations =
        file(
            "real.json",
            "{\"database\": {\"v1\": {\"subset\": \"train\", \"duration\": 64, \"annotations\":"
                + " [{\"label\": \"Jump\", \"segment\": [10, 20]}]}}}");
    Path data = folder.resolve("sizes");
    Run run =
        Run.of(
            "make-dataset", "thumos14", "--annotations", annotations, "--out", data, "--width", 16);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("1 class, 1 train recordings"), run.err());
    assertTrue(run.err().contains("points: uniform in the middle 60 %, seed 0"), run.err());
    assertTrue(Run.of("inspect", data).out().contains("no problems"));
  }

  @Test
  void makeDatasetDrawsPointsByRuleAndSaysSo() throws IOException {
    Path own = folder.resolve("own");
    Path drawn = folder.resolve("drawn");
    assertEquals(0, Run.of("make-dataset", "thumos-like", "--quick", "--out", own).code());
    Run run =
        Run.of("make-dataset", "thumos-like", "--quick", "--out", drawn, "--points", "gaussian");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("points: gaussian with sigma 0.05, seed 1"), run.err());
    for (String same : List.of("annotations.json", "features/rgb/test_00001.npy")) {
      assertEquals(-1, Files.mismatch(own.resolve(same), drawn.resolve(same)), same);
    }
    List<String> points = Files.readAllLines(drawn.resolve("points.csv"));
    assertEquals(Files.readAllLines(own.resolve("points.csv")).size(), points.size());
    String count = points.size() - 1 + " points: ";
    String said = Run.of("inspect", own, drawn).out();
    assertTrue(said.contains(count + "uniform in the middle 60 %, seed 1"), said);
    assertTrue(said.contains(count + "gaussian with sigma 0.05, seed 1"), said);
    Path toml = own.resolve("dataset.toml");
    Files.writeString(toml, Files.readString(toml).replaceFirst("points = .*\n", ""));
    said = Run.of("inspect", own).out();
    assertTrue(said.contains(count + "points.csv"), said);
    Files.delete(own.resolve("points.csv"));
    said = Run.of("inspect", own).out();
    assertFalse(said.contains("points"), said);
  }

  @Test
  void inspectSaysWhatIsInAFile() throws IOException {
    Path npy = folder.resolve("a.npy");
    Npy.write(npy, NpyArray.ofFloats(new float[] {1, 2, Float.NaN, 6}, 2, 2));
    Path npz = folder.resolve("a.npz");
    Npz.write(npz, Map.of("x", NpyArray.ofInts(new int[3], 3)));
    Path tensors = folder.resolve("a.safetensors");
    Safetensors.write(
        tensors, Map.of("w", NpyArray.ofFloats(new float[6], 2, 3)), Map.of("method", "basnet"));
    Path detections = file("d.json", DETECTIONS);
    Path truth = file("t.json", TRUTH);
    Run run = Run.of("inspect", npy, npz, tensors, detections, truth);
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.err());
    assertEquals(
        List.of(
            npy.toString(),
            "  F32 [2, 2], 16 bytes",
            "  from 1.00000 to 6.00000, mean 3.00000, 1 NaN or infinite",
            npz.toString(),
            "  1 array",
            "  x: I32 [3], 12 bytes",
            tensors.toString(),
            "  1 tensor, 24 bytes",
            "  metadata method = basnet",
            "  w: F32 [2, 3]",
            detections.toString(),
            "  2 detections in 2 recordings",
            "  2 classes: a, b",
            truth.toString(),
            "  3 recordings: test 2, train 1",
            "  4 actions of 2 classes: a 3, b 1"),
        run.out().lines().toList());
  }

  @Test
  void inspectListsEveryProblemOfADataFolderWithAFix() throws IOException {
    Path data = folder.resolve("data");
    assertEquals(0, Run.of("make-dataset", "thumos-like", "--quick", "--out", data).code());
    assertTrue(Run.of("inspect", data).out().contains("no problems"));
    Files.delete(data.resolve("features/rgb/test_00001.npy"));
    Npy.write(
        data.resolve("features/flow/test_00002.npy"), NpyArray.ofFloats(new float[70 * 3], 70, 3));
    Run run = Run.of("inspect", data);
    assertEquals(3, run.code());
    assertTrue(run.out().contains("rgb/test_00001.npy"), run.out());
    assertTrue(run.out().contains("flow/test_00002.npy"), run.out());
    assertTrue(run.err().contains("KDATA-910"), run.err());
  }

  @Test
  void inspectShowsARunFolder() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("config.toml"), "method = \"basnet\"\n");
    Files.writeString(run.resolve("metrics.jsonl"), "{\"step\":1}\n");
    String out = Run.of("inspect", run).out();
    assertTrue(out.contains("metrics.jsonl: 11 bytes"), out);
    assertTrue(out.contains("method = \"basnet\""), out);
  }

  @Test
  void inspectRefusesWhatItDoesNotKnow() throws IOException {
    for (Path unknown :
        List.of(file("a.txt", "x"), file("b.json", "{}"), file("c.npy", "no"), folder)) {
      Run run = Run.of("inspect", unknown);
      assertEquals(3, run.code(), run.err());
      assertTrue(run.err().contains(unknown.toString()), run.err());
    }
  }
}
