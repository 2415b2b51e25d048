// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionFileTest {
  @TempDir Path folder;

  private Map<String, List<Detection>> read(String text) throws IOException {
    Path file = folder.resolve("d.json");
    Files.writeString(file, text);
    return DetectionFile.read(file);
  }

  @Test
  void numbersComeBackToTheSameBits() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    Map<String, List<Detection>> detections = new LinkedHashMap<>();
    for (String video : List.of("z", "a \"quoted\" \u00e9\n", "m")) {
      List<Detection> list = new ArrayList<>();
      for (int n = 0; n < 300; n++) {
        double start = random.nextDouble() * Math.pow(10, random.nextInt(-12, 12));
        double score = Double.longBitsToDouble(random.nextLong());
        score = Double.isFinite(score) ? score : -0.0;
        list.add(new Detection("c" + n % 7, new Segment(start, start * 1.7), score));
      }
      detections.put(video, list);
    }
    detections.put("nothing", List.of());
    Path file = folder.resolve("out.json");
    DetectionFile.write(file, detections);
    Map<String, List<Detection>> back = DetectionFile.read(file);
    assertEquals(detections, back);
    assertEquals(List.copyOf(detections.keySet()), List.copyOf(back.keySet()), "order");
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "nothing else is left");
    }
  }

  @Test
  void readsStringsAsNumbersAndPassesOverOtherKeys() throws IOException {
    Map<String, List<Detection>> back =
        read(
            "{\"version\": [1, {\"a\": 2}], \"results\": {\"v\": [{\"extra\": [[]], \"segment\":"
                + " [\"1.5\", 2], \"score\": \"0.25\", \"label\": \"a\"}]}, \"external_data\": {}}");
    assertEquals(Map.of("v", List.of(new Detection("a", new Segment(1.5, 2), 0.25))), back);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "KFMT-201 | line 1      | {\"results\": {\"v\": [",
        "KFMT-201 | line 1      | results",
        "KFMT-201 | Duplicate   | {\"results\": {\"v\": [], \"v\": []}}",
        "KFMT-201 | Duplicate   | {\"results\": {}, \"results\": {}}",
        "KFMT-201 | detection 0 | {\"results\": {\"v\": [{\"score\": NaN}]}}",
        "KFMT-202 | the file    | ``",
        "KFMT-202 | an array    | []",
        "KFMT-202 | the end of the document | {\"results\": {}} {}",
        "KFMT-202 | object of recordings    | {\"results\": []}",
        "KFMT-202 | recording \"v\": expected an array | {\"results\": {\"v\": {}}}",
        "KFMT-202 | recording \"v\", detection 0 | {\"results\": {\"v\": [3]}}",
        "KFMT-202 | \"label\"   | {\"results\": {\"v\": [{\"label\": 3}]}}",
        "KFMT-202 | \"segment\" | {\"results\": {\"v\": [{\"segment\": 3}]}}",
        "KFMT-202 | two numbers | {\"results\": {\"v\": [{\"segment\": [1, 2, 3]}]}}",
        "KFMT-203 | \"results\" | {\"version\": \"1\"}",
        "KFMT-203 | recording \"v\", detection 0: expected key \"label\" | {\"results\": {\"v\": [{}]}}",
        "KFMT-203 | \"segment\" | {\"results\": {\"v\": [{\"label\": \"a\", \"score\": 1}]}}",
        "KFMT-203 | \"score\"   | {\"results\": {\"v\": [{\"label\": \"a\", \"segment\": [1, 2]}]}}",
        "KFMT-204 | end of the array | {\"results\": {\"v\": [{\"segment\": [1]}]}}",
        "KFMT-204 | finite      | {\"results\": {\"v\": [{\"score\": \"NaN\"}]}}",
        "KFMT-204 | finite      | {\"results\": {\"v\": [{\"segment\": [0, 1e999]}]}}",
        "KFMT-204 | \"high\"    | {\"results\": {\"v\": [{\"score\": \"high\"}]}}",
        "KFMT-204 | null        | {\"results\": {\"v\": [{\"score\": null}]}}",
        "KFMT-205 | [5.0, 4.0]  | {\"results\": {\"v\": [{\"segment\": [5, 4]}]}}",
      })
  void namesFilePlaceAndProblem(String code, String part, String text) {
    DataFormatException e = assertThrows(DataFormatException.class, () -> read(text));
    assertEquals(code, e.code(), e.getMessage());
    assertTrue(e.getMessage().contains("d.json: "), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
  }

  @Test
  void namesTheDetectionThatIsWrong() {
    String good = "{\"label\": \"a\", \"score\": 1, \"segment\": [1, 2]}";
    DataFormatException e =
        assertThrows(
            DataFormatException.class,
            () -> read("{\"results\": {\"u\": [], \"v\": [" + good + "," + good + ", {}]}}"));
    assertTrue(e.getMessage().contains("recording \"v\", detection 2: "), e.getMessage());
  }

  @Test
  void refusesWhatIsTooDeepTooLongOrNotText() throws IOException {
    assertEquals(
        "KFMT-201",
        assertThrows(DataFormatException.class, () -> read("{\"x\": " + "[".repeat(100))).code());
    String text = "{\"results\": {\"v\": [{\"label\": \"" + "x".repeat(2 << 20) + "\"}]}}";
    assertEquals("KFMT-201", assertThrows(DataFormatException.class, () -> read(text)).code());
    Path file = folder.resolve("bytes.json");
    Files.write(file, new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"'});
    assertEquals(
        "KFMT-201", assertThrows(DataFormatException.class, () -> DetectionFile.read(file)).code());
    Files.write(file, new byte[] {0, 0, 0, '{', 0x7f, 0, 0, 0});
    assertEquals(
        "KFMT-201", assertThrows(DataFormatException.class, () -> DetectionFile.read(file)).code());
    assertThrows(NoSuchFileException.class, () -> DetectionFile.read(folder.resolve("none.json")));
  }

  @Test
  void everyTruncationIsAnError() throws IOException {
    Path file = folder.resolve("whole.json");
    DetectionFile.write(file, Map.of("v", List.of(new Detection("a", new Segment(1, 2.5), 0.5))));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      String part = new String(whole, 0, length, StandardCharsets.UTF_8);
      assertThrows(DataFormatException.class, () -> read(part), part);
    }
  }

  @Test
  void aScoreThatIsNotFiniteLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("out.json");
    Files.writeString(file, "old");
    Map<String, List<Detection>> bad =
        Map.of("v", List.of(new Detection("a", new Segment(0, 1), Double.POSITIVE_INFINITY)));
    assertThrows(IllegalArgumentException.class, () -> DetectionFile.write(file, bad));
    assertEquals("old", Files.readString(file));
  }
}
