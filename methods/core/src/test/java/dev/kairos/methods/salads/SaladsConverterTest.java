// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.salads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetCheck;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.Refused;
import dev.kairos.methods.points.DrawnPoints;
import dev.kairos.methods.points.PointRule;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaladsConverterTest {
  private static final DrawnPoints CENTRE = new DrawnPoints(PointRule.centre(), 0);
  private static final int WIDTH = 3;

  private static final String ANNOTATIONS =
      """
      {"classes": ["cut", "mix"], "database": {
        "v1": {"subset": "fold1", "fold": 1, "duration": 150.0, "fps": 1.0, "annotations": [
          {"label": "cut", "segment": [10, 70]}, {"label": "mix", "segment": [70, 82]}]},
        "v2": {"subset": "fold2", "fold": 2, "duration": 140.0, "fps": 1.0, "annotations": [
          {"label": "mix", "segment": [20, 140]}]}}}
      """;

  @TempDir Path parent;
  private Path raw = Path.of("");
  private Path out = Path.of("");
  private final Map<String, NpyArray> arrays = new TreeMap<>();

  @BeforeEach
  void writeRaw() throws IOException {
    raw = Files.createDirectories(parent.resolve("raw"));
    out = parent.resolve("out");
    Files.writeString(raw.resolve("annotations.json"), ANNOTATIONS);
    SplittableRandom random = new SplittableRandom(4);
    Map.of("v1", 150, "v2", 140).forEach((id, rows) -> arrays.put(id, scores(random, rows)));
    writeArrays();
  }

  private static NpyArray scores(SplittableRandom random, int rows) {
    float[] values = new float[rows * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return NpyArray.ofFloats(values, rows, WIDTH);
  }

  private void writeArrays() throws IOException {
    Npz.write(raw.resolve("svm_scores.npz"), arrays);
  }

  private Dataset convert(int fold) throws IOException {
    SaladsConverter.convert(raw, out, fold, CENTRE);
    return Dataset.open(out);
  }

  private void refuse(String code, String... said) throws IOException {
    Refused.with(code, () -> SaladsConverter.convert(raw, out, 1, CENTRE), said);
    try (Stream<Path> entries = Files.list(parent)) {
      assertEquals(List.of(raw), entries.toList());
    }
  }

  @Test
  void clipsFollowTheActionsAndTheFold() throws IOException {
    Dataset data = convert(2);
    assertEquals(List.of(), DatasetCheck.problemsInValuesToo(out));
    assertEquals(List.of("cut", "mix"), data.description().classes());
    assertEquals(1.0, data.description().secondsPerSnippet());
    assertEquals("centre", data.pointSource());
    // v1 is cut at 70, where one action meets the next; v2 through its only action.
    assertEquals(
        List.of(
            new Recording(
                "v1_c00",
                "train",
                70,
                List.of(new ActionInstance("cut", new Segment(10, 70))),
                List.of(new PointLabel("cut", 40))),
            new Recording(
                "v1_c01",
                "train",
                80,
                List.of(new ActionInstance("mix", new Segment(0, 12))),
                List.of(new PointLabel("mix", 6))),
            new Recording(
                "v2_c00",
                "test",
                70,
                List.of(new ActionInstance("mix", new Segment(20, 70))),
                List.of(new PointLabel("mix", 45))),
            new Recording(
                "v2_c01",
                "test",
                70,
                List.of(new ActionInstance("mix", new Segment(0, 70))),
                List.of(new PointLabel("mix", 35)))),
        data.recordings());
  }

  @Test
  void valuesAreScoresAndTheirChangesStandardisedOnTrainingClips() throws IOException {
    Dataset data = convert(2);
    for (int d = 0; d < WIDTH; d++) {
      double[] scores = column("v1", d);
      double[] test = column("v2", d);
      assertColumn(data, "scores", "v1", d, scores, scores);
      assertColumn(data, "scores", "v2", d, test, scores);
      assertColumn(data, "change", "v1", d, change(scores), change(scores));
      assertColumn(data, "change", "v2", d, change(test), change(scores));
    }
  }

  private double[] column(String video, int d) {
    double[] all = arrays.get(video).toDoubles();
    double[] column = new double[all.length / WIDTH];
    for (int t = 0; t < column.length; t++) {
      column[t] = all[t * WIDTH + d];
    }
    return column;
  }

  /** Each value less the one before, over the border of clips too. */
  private static double[] change(double[] values) {
    double[] change = new double[values.length];
    for (int t = 1; t < values.length; t++) {
      change[t] = values[t] - values[t - 1];
    }
    return change;
  }

  private static void assertColumn(
      Dataset data, String stream, String video, int d, double[] values, double[] training)
      throws IOException {
    double mean = mean(training);
    double[] squares = new double[training.length];
    for (int t = 0; t < training.length; t++) {
      squares[t] = (training[t] - mean) * (training[t] - mean);
    }
    double deviation = Math.sqrt(mean(squares));
    List<Float> read = new ArrayList<>();
    for (String clip : List.of("_c00", "_c01")) {
      FeatureSequence part = data.features(data.recording(video + clip), stream);
      for (int t = 0; t < part.length(); t++) {
        read.add(part.get(t, d));
      }
    }
    assertEquals(values.length, read.size());
    for (int t = 0; t < values.length; t++) {
      assertEquals((values[t] - mean) / (deviation + 1e-6), read.get(t), 1e-5, stream + " " + t);
    }
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Test
  void wrongScoresAreNamedAndNothingIsLeft() throws IOException {
    arrays.put("v1", NpyArray.ofFloats(new float[149 * WIDTH], 149, WIDTH));
    writeArrays();
    refuse("KDATA-151", "svm_scores.npz", "'v1': expected [150, 3]", "found [149, 3]");
    arrays.put("v1", NpyArray.ofInts(new int[150 * WIDTH], 150, WIDTH));
    writeArrays();
    refuse("KDATA-151", "'v1': expected floating point numbers, found I32");
    float[] values = new float[150 * WIDTH];
    values[7] = Float.POSITIVE_INFINITY;
    arrays.put("v1", NpyArray.ofFloats(values, 150, WIDTH));
    writeArrays();
    refuse("KDATA-151", "'v1': row 2, column 1 is Infinity");
    arrays.remove("v1");
    writeArrays();
    refuse("KDATA-151", "has no array 'v1'");
    Files.delete(raw.resolve("svm_scores.npz"));
    refuse("KDATA-151", "svm_scores.npz: no such file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "KDATA-151|fold1|fold3|needs videos of subset 'fold1' and of another, found fold2, fold3",
        "KDATA-151|fold2|fold1|needs videos of subset 'fold1' and of another, found fold1",
        "KDATA-151|150.0|150.5|recording 'v1': 'duration' must be whole seconds",
        "KDATA-151|\"duration\": 150.0, ||recording 'v1': 'duration' must be whole seconds",
        "KDATA-151|\"classes\"|\"class\"|expected 'classes', a list of names",
        "KDATA-151|[\"cut\", \"mix\"]|[\"cut\", 7]|'classes' holds 7, expected names",
        "KDATA-151|[\"cut\", \"mix\"]|[\"cut\", \"mix\", \"cut\"]|names a class twice",
        "KDATA-114|[\"cut\", \"mix\"]|[\"cut\", \"mixed\"]|'mix'",
        "KDATA-111|{\"classes\"|[|must be an object",
      })
  void wrongAnnotationsAreNamedAndNothingIsLeft(String code, String what, String with, String said)
      throws IOException {
    String text = ANNOTATIONS.replace(what, with == null ? "" : with);
    Files.writeString(raw.resolve("annotations.json"), text);
    refuse(code, "annotations.json", said);
  }

  @Test
  void anOutputInUseIsRefusedFirst() throws IOException {
    Files.createDirectories(out.resolve("mine"));
    Files.delete(raw.resolve("annotations.json"));
    Refused.with("KDATA-141", () -> SaladsConverter.convert(raw, out, 1, CENTRE), "not empty");
  }

  @Test
  void theRealVideosConvert() throws IOException {
    Path real =
        Path.of(System.getProperty("kairos.root", "."), "..", "shared", "data", "50salads-scores")
            .normalize();
    boolean there = Files.exists(real.resolve("annotations.json"));
    boolean required = "true".equals(System.getenv("CI"));
    assertTrue(there || !required, "the scores of 50 Salads must be there: " + real);
    assumeTrue(there, "no scores of 50 Salads at " + real);
    List<Recording> videos = SaladsVideos.read(real.resolve("annotations.json")).videos();
    assertEquals(50, videos.size());
    assertEquals(896, videos.stream().mapToInt(v -> v.instances().size()).sum());
    SaladsConverter.convert(real, out, 3, new DrawnPoints(PointRule.middle(), 0));
    assertEquals(List.of(), DatasetCheck.problemsInValuesToo(out));
    Dataset data = Dataset.open(out);
    assertEquals(17, data.classes());
    assertEquals("uniform in the middle 60 %, seed 0", data.pointSource());
    List<Recording> clips = data.recordings();
    assertEquals(222, clips.size());
    assertEquals(896 + 21, clips.stream().mapToInt(c -> c.instances().size()).sum());
    assertEquals(
        videos.stream().mapToDouble(Recording::duration).sum(),
        clips.stream().mapToDouble(Recording::duration).sum());
    for (Recording clip : clips) {
      assertTrue(clip.duration() >= 60 && clip.duration() <= 90, clip.id());
      assertEquals(clip.duration(), data.featureLength(clip));
      assertEquals(clip.instances().size(), clip.points().size());
      assertFalse(clip.labels().isEmpty(), clip.id());
      String video = clip.id().substring(0, clip.id().lastIndexOf('_'));
      String fold =
          videos.stream().filter(v -> v.id().equals(video)).findFirst().orElseThrow().subset();
      assertEquals(fold.equals("fold3") ? "test" : "train", clip.subset(), clip.id());
    }
  }
}
