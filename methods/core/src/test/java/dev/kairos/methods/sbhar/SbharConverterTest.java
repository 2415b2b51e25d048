// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.sbhar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetCheck;
import dev.kairos.methods.data.DatasetProblem;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.Refused;
import dev.kairos.methods.points.DrawnPoints;
import dev.kairos.methods.points.PointRule;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SbharConverterTest {
  private static final int SAMPLES = 600;

  private static final String CLIPS =
      """
      {"version": "1", "classes": ["WALKING", "SITTING", "SIT_TO_STAND"], "database": {
        "c0": {"recording": "exp01", "subset": "train", "start": 0.0, "end": 3.39,
          "duration": 3.39, "labels": ["WALKING"],
          "annotations": [{"label": "WALKING", "segment": [0.5, 2]},
            {"label": "SITTING", "segment": [2, 3]}],
          "points": [{"label": "WALKING", "t": 1}, {"label": "SITTING", "t": 2.5}]},
        "c1": {"recording": "exp01", "subset": "train", "start": 3.39, "end": 7.01,
          "duration": 3.62,
          "annotations": [{"label": "SITTING", "segment": [0, 3]}],
          "points": [{"label": "SITTING", "t": 1}]},
        "c2": {"recording": "exp01", "subset": "test", "start": 7.01, "end": 12.0,
          "duration": 4.99,
          "annotations": [{"label": "SITTING", "segment": [0, 3]}], "points": []}}}
      """;

  @TempDir Path parent;
  private Path raw = Path.of("");
  private Path out = Path.of("");
  private final float[] acc = new float[3 * SAMPLES];
  private final float[] gyro = new float[3 * SAMPLES];

  @BeforeEach
  void writeRaw() throws IOException {
    raw = Files.createDirectories(parent.resolve("raw"));
    out = parent.resolve("out");
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < acc.length; i++) {
      acc[i] = (float) random.nextDouble();
      gyro[i] = (float) random.nextDouble();
    }
    Files.createDirectories(raw.resolve("recordings"));
    Files.writeString(raw.resolve("clips.json"), CLIPS);
    writeArrays(
        Map.of(
            "acc", NpyArray.ofFloats(acc, SAMPLES, 3),
            "gyro", NpyArray.ofFloats(gyro, SAMPLES, 3)));
  }

  private void writeArrays(Map<String, NpyArray> arrays) throws IOException {
    Npz.write(raw.resolve("recordings").resolve("exp01.npz"), arrays);
  }

  private void refuse(String code, String... said) throws IOException {
    Refused.with(code, () -> SbharConverter.convert(raw, out, Set.of()), said);
    assertNothingWritten();
  }

  private void assertNothingWritten() throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      assertEquals(List.of(raw), entries.toList());
    }
  }

  @Test
  void snippetsLieWhereTheyShould() throws IOException {
    SbharConverter.convert(raw, out, Set.of());
    assertFalse(DatasetCheck.problemsInValuesToo(out).stream().anyMatch(DatasetProblem::fatal));
    Dataset data = Dataset.open(out);
    assertEquals(0.5, data.description().secondsPerSnippet());
    assertEquals(
        List.of(new PointLabel("WALKING", 1), new PointLabel("SITTING", 2.5)),
        data.recording("c0").points());
    // c0: samples [0, 170) (3.39 s are 169.5, up), c1: [170, 351), c2: [351, 600).
    int[] starts = {0, 170, 351};
    int[] lengths = {6, 7, 9};
    double[] signal = new double[acc.length];
    Arrays.setAll(signal, i -> acc[i]);
    double[][] expected = new double[22][84];
    int row = 0;
    for (int clip = 0; clip < 3; clip++) {
      for (int i = 0; i < lengths[clip]; i++) {
        int centre = starts[clip] + 25 * i + 12;
        new WindowFeatures().compute(signal, centre, expected[row++], 0);
      }
    }
    for (int d = 0; d < 84; d++) {
      double[] column = new double[13];
      for (int t = 0; t < 13; t++) {
        column[t] = expected[t][d];
      }
      double mean = Arrays.stream(column).average().orElseThrow();
      double variance = Arrays.stream(column).map(x -> (x - mean) * (x - mean)).sum() / 13;
      int at = 0;
      for (int clip = 0; clip < 3; clip++) {
        FeatureSequence read = data.features(data.recording("c" + clip), "acc");
        assertEquals(lengths[clip], read.length());
        for (int t = 0; t < lengths[clip]; t++) {
          double value = (expected[at++][d] - mean) / (Math.sqrt(variance) + 1e-6);
          assertEquals(value, read.get(t, d), 1e-5 * Math.max(1, Math.abs(value)));
        }
      }
    }
  }

  @Test
  void pointsAreThoseOfTheClipsOrDrawn() throws IOException {
    SbharConverter.convert(raw, out, Set.of());
    Dataset own = Dataset.open(out);
    assertEquals("clips.json of the data set", own.pointSource());
    assertEquals(List.of(), own.recording("c2").points());
    Path other = parent.resolve("drawn");
    DrawnPoints drawn = new DrawnPoints(PointRule.uniform(), 7);
    SbharConverter.convert(raw, other, Set.of("SITTING"), drawn);
    Dataset data = Dataset.open(other);
    assertEquals("uniform, seed 7", data.pointSource());
    Recording clip = data.recording("c0");
    assertEquals(drawn.label(clip).points(), clip.points());
    assertEquals(1, clip.points().size());
  }

  @Test
  void backgroundClassesLeaveLabelsPointsAndTrainingClips() throws IOException {
    SbharConverter.convert(raw, out, Set.of("SITTING"));
    Dataset data = Dataset.open(out);
    assertEquals(List.of("WALKING", "SIT_TO_STAND"), data.description().classes());
    assertEquals(List.of("c0", "c2"), data.recordings().stream().map(Recording::id).toList());
    assertEquals(Set.of("WALKING"), data.recording("c0").labels());
    assertEquals(List.of(new PointLabel("WALKING", 1)), data.recording("c0").points());
    assertArrayEquals(new float[2], data.labels(data.recording("c2")));
    assertTrue(data.description().notes().contains("dropped (1)"), data.description().notes());
  }

  @Test
  void anUnknownBackgroundClassSuggestsTheNearest() throws IOException {
    Refused.with(
        "KDATA-114",
        () -> SbharConverter.convert(raw, out, Set.of("SITING")),
        "'SITING'",
        "did you mean 'SITTING'?");
    Set<String> all = Set.of("WALKING", "SITTING", "SIT_TO_STAND");
    Refused.with("KDATA-114", () -> SbharConverter.convert(raw, out, all), "every class");
    Set<String> trained = Set.of("WALKING", "SITTING");
    Refused.with("KDATA-151", () -> SbharConverter.convert(raw, out, trained), "no training clip");
    assertNothingWritten();
  }

  @Test
  void aBadRecordingIsNamedAndNothingIsLeft() throws IOException {
    NpyArray good = NpyArray.ofFloats(gyro, SAMPLES, 3);
    writeArrays(Map.of("gyro", good));
    refuse("KDATA-151", "exp01.npz", "has no array 'acc'", "[gyro]");
    writeArrays(Map.of("acc", NpyArray.ofFloats(acc, 3, SAMPLES), "gyro", good));
    refuse("KDATA-151", "exp01.npz", "'acc': expected [N, 3], found shape [3, 600]");
    writeArrays(Map.of("acc", NpyArray.ofInts(new int[SAMPLES * 3], SAMPLES, 3), "gyro", good));
    refuse("KDATA-151", "exp01.npz", "'acc'", "I32");
    float[] wrong = acc.clone();
    wrong[100] = Float.NaN;
    writeArrays(Map.of("acc", NpyArray.ofFloats(wrong, SAMPLES, 3), "gyro", good));
    refuse("KDATA-151", "exp01.npz", "'acc': row 33, column 1 is NaN");
    float[] shorter = Arrays.copyOf(acc, 3 * 599);
    writeArrays(Map.of("acc", NpyArray.ofFloats(shorter, 599, 3), "gyro", good));
    refuse("KDATA-151", "exp01.npz", "acc 599, gyro 600");
  }

  @Test
  void aCutOrMissingFileIsNamedAndNothingIsLeft() throws IOException {
    Path file = raw.resolve("recordings").resolve("exp01.npz");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    DataFormatException cut =
        assertThrows(DataFormatException.class, () -> SbharConverter.convert(raw, out, Set.of()));
    assertTrue(String.valueOf(cut.getMessage()).contains("exp01.npz"), cut.getMessage());
    assertNothingWritten();
    Files.delete(file);
    refuse("KDATA-151", "exp01.npz: no such file");
    Files.delete(raw.resolve("clips.json"));
    refuse("KDATA-101", "clips.json: no such file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"end\": 12.0|\"end\": 12.02|clip 'c2' needs samples [351, 601)",
        "\"end\": 12.0|\"end\": 7.2|at least 25",
        "\"end\": 12.0|\"end\": 1e300|clip 'c2' needs samples",
        "\"end\": 12.0|\"end\": 1|clip 'c2': needs 0 <= start < end",
        "\"end\": 12.0|\"end\": \"12\"|clip 'c2': expected a finite number",
        "\"end\": 12.0|\"en\": 1|clip 'c2'",
        "\"duration\": 4.99|\"duration\": -1|clip 'c2': recording 'c2': duration must be",
        "\"points\": []|\"points\": {}|clip 'c2': 'points' must be a list",
        "\"t\": 2.5|\"t\": -2|clip 'c0': point label",
        "[2, 3]|[3, 2]|clip 'c0': segment",
        "[2, 3]|[3]|clip 'c0'",
        "\"c2\"|\"c1\"|Duplicate",
        "\"c2\"|\"../c2\"|cannot be a file name",
        "\"classes\"|\"klasses\"|classes",
        "[\"WALKING\",|[\"SITTING\",|names a class twice",
        "\"train\"|\"validation\"|no clip of subset 'train'",
        "{\"version\": \"1\",|[|not valid JSON",
      })
  void badClipsAreNamed(String what, String with, String said) throws IOException {
    Files.writeString(raw.resolve("clips.json"), CLIPS.replace(what, with));
    refuse("KDATA-151", said);
  }

  @Test
  void everyTruncationOfTheClipsIsRefused() throws IOException {
    String text = CLIPS.strip();
    for (int n = 0; n < text.length(); n += 7) {
      Files.writeString(raw.resolve("clips.json"), text.substring(0, n));
      refuse("KDATA-151", "clips.json");
    }
  }

  @Test
  void anUnknownLabelIsRefusedBeforeAnythingIsWritten() throws IOException {
    Files.writeString(
        raw.resolve("clips.json"), CLIPS.replace("\"label\": \"WALKING\"", "\"label\": \"WALK\""));
    refuse("KDATA-114", "clips.json", "'c0'", "'WALK'");
  }

  @Test
  void anOutputInUseIsRefusedFirst() throws IOException {
    Files.createDirectories(out.resolve("mine"));
    Files.delete(raw.resolve("clips.json"));
    Refused.with("KDATA-141", () -> SbharConverter.convert(raw, out, Set.of()), "not empty");
  }

  @Test
  void theRealRecordingsConvert() throws IOException {
    Path real = sharedData().resolve("sbhar");
    boolean there = Files.exists(real.resolve("clips.json"));
    boolean required = "true".equals(System.getenv("CI"));
    assertTrue(there || !required, "the SBHAR recordings must be there: " + real);
    assumeTrue(there, "no SBHAR recordings at " + real);
    SbharConverter.convert(real, out, Set.of("SITTING", "STANDING", "LAYING"));
    assertEquals(List.of(), DatasetCheck.problemsInValuesToo(out));
    Dataset data = Dataset.open(out);
    assertEquals(9, data.classes());
    assertEquals(259, data.subset("train").size());
    assertEquals(106, data.subset("test").size());
    assertEquals(854, data.recordings().stream().mapToInt(r -> r.instances().size()).sum());
    assertFalse(
        data.recordings().stream().anyMatch(r -> r.instances().size() != r.points().size()));
    Set<String> learned = subjects(data, "train");
    Set<String> tested = subjects(data, "test");
    assertEquals(30, learned.size() + tested.size());
    assertTrue(learned.contains("user01"), learned.toString());
    assertTrue(Collections.disjoint(learned, tested));
  }

  private static Set<String> subjects(Dataset data, String subset) {
    return data.subset(subset).stream().map(Recording::subject).collect(Collectors.toSet());
  }

  private static Path sharedData() {
    return Path.of(System.getProperty("kairos.root", "."), "..", "shared", "data").normalize();
  }
}
