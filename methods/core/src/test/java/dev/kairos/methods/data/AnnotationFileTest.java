// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotationFileTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("annotations.json"), text);
  }

  private static String database(String recordings) {
    return "{\"version\": \"1\", \"taxonomy\": [{\"a\": [1]}],\n\"database\": {"
        + recordings
        + "}}";
  }

  private void refuse(String code, String text, String... said) throws IOException {
    Path file = file(text);
    Refused.with(code, () -> AnnotationFile.read(file), said);
  }

  @Test
  void readsNumbersAlsoInQuotesAndPassesOverOtherKeys() throws IOException {
    AnnotationFile read =
        AnnotationFile.read(
            file(
                database(
                    """
                    "v2": {"subset": "test", "url": "x", "duration": "12.5", "annotations": [
                      {"label": "Run", "segment": ["1.5", 2], "extra": {"deep": [[]]}},
                      {"segment": [0, 0], "label": "Jump"}]},
                    "v1": {"annotations": [], "subset": "training"},
                    "v0": {"subset": "x", "duration": null}
                    """)));
    assertEquals(List.of("v2", "v1", "v0"), List.copyOf(read.recordings().keySet()));
    assertEquals(
        new Recording(
            "v2",
            "test",
            12.5,
            List.of(SmallDataset.instance("Run", 1.5, 2), SmallDataset.instance("Jump", 0, 0)),
            List.of()),
        read.recordings().get("v2"));
    assertFalse(read.recordings().values().stream().skip(1).anyMatch(Recording::hasDuration));
    assertEquals(List.of("recording 'v2': Jump at [0.0, 0.0] has no length"), read.warnings());
  }

  @Test
  void aSegmentBeyondTheDurationIsKeptWithAWarning() throws IOException {
    AnnotationFile read =
        AnnotationFile.read(
            file(
                database(
                    "\"v\": {\"subset\": \"t\", \"duration\": 10, \"annotations\":"
                        + " [{\"label\": \"Run\", \"segment\": [8, 12]},"
                        + " {\"label\": \"Run\", \"segment\": [-1, 2]},"
                        + " {\"label\": \"Run\", \"segment\": [1, 10]}]}")));
    assertEquals(3, read.recordings().values().iterator().next().instances().size());
    assertEquals(2, read.warnings().size());
    assertTrue(read.warnings().get(0).contains("'v': Run at [8.0, 12.0]"), read.warnings().get(0));
  }

  @Test
  void whatIsWrittenReadsBackToTheSameBits() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    List<Recording> recordings = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      double start = random.nextDouble() * 100;
      recordings.add(
          new Recording(
              "id " + i + " \"é\"",
              i % 2 == 0 ? "train" : "test",
              i % 3 == 0 ? Double.NaN : 500 + random.nextDouble(),
              List.of(SmallDataset.instance("A/B, \\", start, start + random.nextDouble())),
              List.of()));
    }
    Path file = folder.resolve("out.json");
    AnnotationFile.write(file, recordings);
    assertEquals(recordings, List.copyOf(AnnotationFile.read(file).recordings().values()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|the file must be an object",
        "3|the file must be an object",
        "{}|has no 'database'",
        "{\"database\": [1]}|'database' must be an object {...}, found a list",
        "{\"database\": {\"v\": 3}}|recording 'v': a recording must be an object",
        "{\"database\": {\"v\": {}}}|recording 'v': has no 'subset'",
        "{\"database\": {\"v\": {\"subset\": 3}}}|'subset' must be a text, found a number",
        "{\"database\": {}} {}|something follows",
        "{\"database\": {}} ]|not valid JSON",
      })
  void aWrongStructureIsNamed(String text, String said) throws IOException {
    refuse("KDATA-111", text, "line 1".repeat(text.equals("{}") ? 0 : 1), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "KDATA-111|{\"segment\": [1, 2]}|annotations[0] has no 'label'",
        "KDATA-111|{\"label\": 3, \"segment\": [1, 2]}|annotations[0].label must be a text",
        "KDATA-111|{\"label\": \"A\", \"segment\": [1]}|has 1 value, expected",
        "KDATA-111|{\"label\": \"A\", \"segment\": [1, 2, 3]}|has 3 values, expected",
        "KDATA-111|{\"label\": \"A\", \"segment\": 1}|must be a list [...], found a number",
        "KDATA-111|{\"label\": \"A\", \"segment\": [null, 1]}|must be a number, found null",
        "KDATA-111|{\"label\": \"A\", \"segment\": [[], 1]}|must be a number, found a list",
        "KDATA-112|{\"label\": \"A\", \"segment\": [2, 1]}|ends before it starts: [2.0, 1.0]",
        "KDATA-112|{\"label\": \"A\", \"segment\": [\"NaN\", 1]}|found 'NaN'",
        "KDATA-112|{\"label\": \"A\", \"segment\": [\"1f\", 2]}|found '1f'",
        "KDATA-112|{\"label\": \"A\", \"segment\": [\"0x1p3\", 20]}|found '0x1p3'",
        "KDATA-112|{\"label\": \"A\", \"segment\": [1, 1e999]}|found '1e999'",
        "KDATA-112|{\"label\": \"A\", \"segment\": [\"\", 1]}|found ''",
        "KDATA-111|{\"label\": \"A\", \"segment\": [1, NaN]}|not valid JSON",
        "KDATA-113|{\"label\": \"A\", \"label\": \"B\"}|'label' is given twice",
      })
  void aWrongInstanceIsNamed(String code, String instance, String said) throws IOException {
    String text = database("\n\"vid\": {\"subset\": \"t\", \"annotations\": [\n" + instance + "]}");
    refuse(code, text, "annotations.json", "line 4", said);
  }

  @ParameterizedTest
  @CsvSource({"0", "-3", "'\"inf\"'", "1e400"})
  void aDurationIsPositiveAndFinite(String duration) throws IOException {
    String text = database("\"vid\": {\"subset\": \"t\", \"duration\": " + duration + "}");
    refuse("KDATA-112", text, "recording 'vid'", "'duration' must be");
  }

  @Test
  void duplicatesAreRefusedByName() throws IOException {
    String v = "\"vid\": {\"subset\": \"t\"}";
    refuse("KDATA-113", database(v + ",\n" + v), "line 3", "'vid' is given twice");
    refuse(
        "KDATA-113",
        database("\"vid\": {\"subset\": \"t\", \"subset\": \"u\"}"),
        "recording 'vid'",
        "'subset' is given twice");
    refuse("KDATA-113", "{\"database\": {},\n\"database\": {}}", "'database' is given twice");
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    Path whole = folder.resolve("whole.json");
    AnnotationFile.write(whole, SmallDataset.RECORDINGS);
    String text = Files.readString(whole).strip();
    for (int n = 0; n < text.length(); n++) {
      refuse("KDATA-111", text.substring(0, n));
    }
  }

  @Test
  void deepNestingAndBinaryAreRefused() throws IOException {
    refuse("KDATA-111", "{\"x\": " + "[".repeat(100_000), "not valid JSON");
    Path binary = Files.write(folder.resolve("b.json"), new byte[] {(byte) 0xff, 1, 2, 3});
    Refused.with("KDATA-111", () -> AnnotationFile.read(binary));
    byte[] latin = "{\"database\": {\"é\": {}}}".getBytes(StandardCharsets.ISO_8859_1);
    Path latinFile = Files.write(folder.resolve("l.json"), latin);
    Refused.with("KDATA-111", () -> AnnotationFile.read(latinFile));
    Refused.with("KDATA-101", () -> AnnotationFile.read(folder), "is a folder");
    Refused.with("KDATA-101", () -> AnnotationFile.read(folder.resolve("no")), "no such file");
  }

  @Test
  void gzipIsUnpackedAndDamageIsNamed() throws IOException {
    String text = database("\"v\": {\"subset\": \"train\", \"duration\": 3, \"annotations\": []}");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    byte[] packed = bytes.toByteArray();
    Path file = Files.write(folder.resolve("annotations.json.gz"), packed);
    assertEquals(
        AnnotationFile.read(file(text)).recordings(), AnnotationFile.read(file).recordings());
    for (int length : new int[] {4, packed.length / 2, packed.length - 1}) {
      Files.write(file, Arrays.copyOf(packed, length));
      Refused.with("KDATA-101", () -> AnnotationFile.read(file), "damaged gzip");
    }
  }

  @Test
  void labelsAreASetOfNames() {
    assertEquals(List.of("Run", "Jump"), List.copyOf(SmallDataset.RECORDINGS.get(0).labels()));
    Map<String, Recording> one = Map.of("a", SmallDataset.RECORDINGS.get(0));
    assertTrue(new AnnotationFile(one, List.of(), Set.of()).recordings().containsKey("a"));
  }

  @Test
  void labelsMayStandWithoutSegments() throws IOException {
    Path file =
        file(
            database(
                """
                "v": {"subset": "train", "fps": "29.97", "subject": 3, "labels": ["Sit", "Run"],
                  "annotations": [{"label": "Run"}, {"label": "Jump", "segment": null},
                    {"label": "Run", "segment": [1, 2]}, {"label": "Run", "segment": [1, 2]}]}
                """));
    AnnotationFile read = AnnotationFile.read(file);
    Recording recording = read.recordings().get("v");
    assertEquals(2, recording.instances().size());
    assertEquals(List.of("Sit", "Run", "Jump"), List.copyOf(recording.labelsAlone()));
    assertEquals(List.of("Run", "Sit", "Jump"), List.copyOf(recording.labels()));
    assertEquals(29.97, recording.fps());
    assertEquals("3", recording.subject());
    assertEquals(List.of("recording 'v': Run at [1.0, 2.0] is annotated twice"), read.warnings());
    Path copy = folder.resolve("copy.json");
    AnnotationFile.write(copy, read.recordings().values());
    assertEquals(read.recordings(), AnnotationFile.read(copy).recordings());
    refuse("KDATA-112", database("\"v\": {\"subset\": \"t\", \"fps\": 0}"), "'fps' must be");
    refuse("KDATA-111", database("\"v\": {\"subset\": \"t\", \"labels\": [3]}"), "labels[0]");
  }
}
