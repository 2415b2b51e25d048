// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetWriter;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.MeanAveragePrecision;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Presets;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.Parameter;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTest {
  private static final ThumosLikeGenerator QUICK =
      new ThumosLikeGenerator(ThumosLikeOptions.quick());
  private static final RandomKey KEY = new RandomKey(3, 1);

  @TempDir private static Path folder;

  private static Dataset quick;

  @BeforeAll
  static void makeData() throws IOException {
    quick = write("quick", r -> r);
  }

  /** The quick data with other annotations and the same features. */
  private static Dataset write(String name, UnaryOperator<Recording> change) throws IOException {
    Map<String, Recording> originals = new LinkedHashMap<>();
    QUICK.recordings().forEach(r -> originals.put(r.id(), r));
    DatasetWriter.write(
        folder.resolve(name),
        QUICK.description(),
        QUICK.recordings().stream().map(change).toList(),
        (recording, stream) ->
            QUICK.features(originals.getOrDefault(recording.id(), recording), stream));
    return Dataset.open(folder.resolve(name));
  }

  private static Recording with(Recording r, List<ActionInstance> instances) {
    return new Recording(r.id(), r.subset(), r.duration(), instances, r.points());
  }

  /** The same classes at other times: mirrored, and halved in length. */
  private static Recording scrambled(Recording r) {
    List<ActionInstance> instances = new ArrayList<>();
    for (ActionInstance i : r.instances()) {
      double end = r.duration() - i.segment().start();
      instances.add(
          new ActionInstance(i.label(), new Segment(end - i.segment().length() / 2, end)));
    }
    return with(r, instances);
  }

  private static Model model(Engine engine, Dataset data, String... overrides) throws IOException {
    Settings settings =
        Experiment.settings(new Plain(), data.description(), null, null, List.of(overrides));
    return new Plain().model(settings, data.description(), engine, KEY);
  }

  private static void train(Model model, Dataset data) {
    for (Stage stage : model.stages(new TrainingData(data, "train", 1L << 28))) {
      for (long step = 0; step < stage.steps(); step++) {
        stage.step(step);
      }
    }
  }

  private static double map(Model model, Dataset data) throws IOException {
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    Map<String, List<Detection>> found = new LinkedHashMap<>();
    for (Recording recording : data.subset("test")) {
      FeatureSequence features = data.features(recording);
      Localization result =
          model.localizer().localize(features, data.grid(recording, features.length()));
      truth.put(recording.id(), recording.instances());
      found.put(recording.id(), result.detections());
    }
    return MeanAveragePrecision.evaluate(truth, found, Thresholds.parse("0.5:0.1:0.5")).average();
  }

  @ParameterizedTest
  @CsvSource({"clip, 0.75", "points, 0.6", "full, 0.75"})
  void learnsTheGeneratedData(String supervision, double least) throws IOException {
    try (Engine engine = Engine.open("cpu", 1)) {
      Model model =
          model(
              engine,
              quick,
              "supervision=" + supervision,
              "steps=150",
              "hidden=48",
              "learningRate=2e-3");
      double before = map(model, quick);
      train(model, quick);
      double after = map(model, quick);
      assertTrue(after >= least, "mAP at 0.5 after " + after + ", before " + before);
      assertTrue(before < least / 2, "mAP at 0.5 after " + after + ", before " + before);
    }
  }

  private static Map<String, double[]> weights(Dataset data, String supervision)
      throws IOException {
    try (Engine engine = Engine.open("cpu", 1)) {
      Model model =
          model(engine, data, "supervision=" + supervision, "steps=5", "segments=50", "batch=6");
      train(model, data);
      Map<String, double[]> weights = new LinkedHashMap<>();
      for (Parameter p : model.parameters().all()) {
        weights.put(p.name(), p.value().toDoubles());
      }
      return weights;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip", "points"})
  void segmentsHaveNoInfluence(String supervision) throws IOException {
    Dataset other = write("scrambled-" + supervision, PlainTest::scrambled);
    Map<String, double[]> expected = weights(quick, supervision);
    Map<String, double[]> found = weights(other, supervision);
    assertFalse(expected.isEmpty());
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, values) -> assertArrayEquals(values, found.get(name), name));
  }

  @Test
  void segmentsHaveInfluenceUnderFullSupervision() throws IOException {
    Dataset other = write("scrambled-full", PlainTest::scrambled);
    double[] expected = weights(quick, "full").values().iterator().next();
    double[] found = weights(other, "full").values().iterator().next();
    assertThrows(AssertionError.class, () -> assertArrayEquals(expected, found));
  }

  @Test
  void theSameSeedGivesTheSameWeights() throws IOException {
    Map<String, double[]> expected = weights(quick, "points");
    weights(quick, "points")
        .forEach((name, values) -> assertArrayEquals(expected.get(name), values, name));
  }

  @Test
  void pointsAreNeededForPoints() throws IOException {
    Dataset bare = write("no-points", r -> r.withPoints(List.of()));
    try (Engine engine = Engine.open("cpu", 1)) {
      Model model = model(engine, bare, "supervision=points");
      ConfigException e =
          assertThrows(
              ConfigException.class, () -> model.stages(new TrainingData(bare, "train", 1L << 28)));
      assertTrue(e.getMessage().contains("has a point"), e.getMessage());
    }
  }

  @Test
  void segmentsAreNeededForFull() throws IOException {
    Dataset bare = write("no-segments", r -> with(r, List.of()));
    try (Engine engine = Engine.open("cpu", 1)) {
      Model model = model(engine, bare, "supervision=full");
      ConfigException e =
          assertThrows(
              ConfigException.class, () -> model.stages(new TrainingData(bare, "train", 1L << 28)));
      assertTrue(e.getMessage().contains("has a segment"), e.getMessage());
    }
  }

  @Test
  void recordingsWithoutPointsAreLeftOut() throws IOException {
    Dataset some = write("some-points", r -> r.id().endsWith("3") ? r : r.withPoints(List.of()));
    try (Engine engine = Engine.open("cpu", 1)) {
      Model model = model(engine, some, "supervision=points", "steps=2");
      train(model, some);
      assertTrue(map(model, some) >= 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "supervision=point",
        "dropout=1",
        "segments=0",
        "clipWeight=0",
        "growThreshold=1.5",
        "refinement=0",
        "steps=-1"
      })
  void valuesOutOfRangeAreRefused(String override) {
    try (Engine engine = Engine.open("cpu", 1)) {
      ConfigException e = assertThrows(ConfigException.class, () -> model(engine, quick, override));
      assertTrue(e.getMessage().contains(override.substring(0, override.indexOf('='))));
    }
  }

  @Test
  void isAmongTheMethods() {
    assertEquals("plain", Methods.named("plain").name());
    assertEquals(
        List.of("sbhar", "thumos-like", "demo"), List.copyOf(new Plain().presets().keySet()));
    assertEquals("sbhar", Presets.forDataset(new Plain(), "sbhar-sparse").orElseThrow());
    assertTrue(Presets.forDataset(new Plain(), "demonstration").isEmpty());
  }

  @Test
  void aRecordingOfOneSnippetIsLocalised() throws IOException {
    try (Engine engine = Engine.open("cpu", 1)) {
      Model model = model(engine, quick);
      Recording recording = quick.subset("test").get(0);
      FeatureSequence one = quick.features(recording).first(1);
      Localization result = model.localizer().localize(one, quick.grid(recording, 1));
      assertEquals(1, result.prediction().curve(Prediction.CAS).snippets());
    }
  }
}
