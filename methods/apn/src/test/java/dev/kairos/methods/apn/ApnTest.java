// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.MeanAveragePrecision;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.report.PseudoActionHistory;
import dev.kairos.methods.report.PseudoActionHistory.MarkedMoment;
import dev.kairos.methods.report.PseudoActionHistory.MarkedRecording;
import dev.kairos.methods.report.PseudoActionHistoryFile;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApnTest {
  @TempDir Path folder;

  /** A listener that keeps what is worth a line. */
  private static final class Notes implements Progress {
    private final List<String> said = new ArrayList<>();

    @Override
    public void start(String task, long total) {}

    @Override
    public void step(long done, double loss) {}

    @Override
    public void note(String message) {
      said.add(message);
    }

    @Override
    public void finish() {}
  }

  private static Experiment experiment(Engine engine, Dataset data, String... settings) {
    Settings all = Settings.empty().withOverrides(List.of(settings));
    return new Experiment(new Apn(), data.description(), all, 3, engine);
  }

  private static double map(Experiment experiment, Dataset data) throws IOException {
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    Map<String, List<Detection>> found = new LinkedHashMap<>();
    for (Recording recording : data.subset("test")) {
      FeatureSequence features = data.features(recording);
      Localization result = experiment.localize(features, data.grid(recording, features.length()));
      truth.put(recording.id(), recording.instances());
      found.put(recording.id(), result.detections());
    }
    return MeanAveragePrecision.evaluate(truth, found, Thresholds.parse("0.5:0.1:0.5")).average();
  }

  /** At their own lengths, all resampled to one, and with a classifier of snippets, in two ways. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "length=0; 0.5",
        "length=48; 0.4",
        "lambda3=1 pem.proposals=all rate=cosine scorePowers=0.1,0.1,0.1,0.1,1; 0.6",
        "lambda3=1 pseudo.rule=classes pem.proposals=all scorePowers=0.1,0.1,0.1,0.1,1; 0.6"
      })
  void learnsTheGeneratedData(String settings, double least) throws IOException {
    Dataset data = PointData.quick(folder.resolve("data"));
    try (Engine engine = Engine.open("cpu", 1)) {
      Experiment experiment =
          experiment(
              engine,
              data,
              Stream.concat(
                      Arrays.stream(settings.split(" ")),
                      Stream.of(
                          "embedded=48",
                          "boundaryWidth=32",
                          "width=32",
                          "heads=2",
                          "layers=1",
                          "samples=8",
                          "classWidth=32",
                          "batch=6",
                          "epochs=24",
                          "learningRate=2e-3",
                          "pseudo.logEvery=0"))
                  .toArray(String[]::new));
      double before = map(experiment, data);
      for (Stage stage :
          experiment.model().stages(new TrainingData(data, Dataset.TRAIN, 1L << 28))) {
        for (long step = 0; step < stage.steps(); step++) {
          stage.step(step);
        }
      }
      double after = map(experiment, data);
      assertTrue(after >= least, "mAP at 0.5 after " + after + ", before " + before);
      assertTrue(before < least / 2, "mAP at 0.5 after " + after + ", before " + before);
    }
  }

  /** Files of a text tower are read for a training alone. */
  @Test
  void localizesWithoutTheTextTower() throws IOException {
    Dataset data = PointData.tiny(folder.resolve("data"), Stream::of);
    try (Engine engine = Engine.open("reference", 1)) {
      Experiment experiment =
          experiment(
              engine,
              data,
              "text.source=clip",
              "text.weights=" + folder.resolve("none.safetensors"),
              "text.vocabulary=" + folder.resolve("none.gz"),
              "text.width=8",
              "embedded=8",
              "boundaryWidth=8",
              "width=8",
              "heads=2");
      Recording any = data.subset("test").get(0);
      FeatureSequence features = data.features(any);
      experiment.localize(features, data.grid(any, features.length()));
      TrainingData training = new TrainingData(data, Dataset.TRAIN, 1L << 28);
      DataFormatException missing =
          assertThrows(DataFormatException.class, () -> experiment.model().stages(training));
      assertTrue(missing.getMessage().contains("none."), missing.getMessage());
    }
  }

  private static PseudoActionHistory history(RunFolder run) throws IOException {
    return PseudoActionHistoryFile.of(run);
  }

  /** Resampled recordings: points stay where they are in time, but for a snippet. */
  @ParameterizedTest
  @ValueSource(ints = {0, 10, 64})
  void pointsAndDetectionsLieInTime(int length) throws IOException {
    Dataset data = PointData.tiny(folder.resolve("data"), Stream::of);
    RunFolder run =
        PointData.trained(
            data, folder.resolve("run"), 1, Progress.NONE, "length=" + length, "epochs=1");
    List<MarkedRecording> shown = history(run).recordings();
    assertEquals(4, shown.size());
    for (MarkedRecording recording : shown) {
      Recording own = data.recording(recording.id());
      int snippets = length == 0 ? data.featureLength(own) : length;
      double half = data.grid(own, data.featureLength(own)).duration() / snippets / 2 + 1e-6;
      for (PointLabel point : own.points()) {
        assertTrue(
            recording.points().stream().anyMatch(p -> isNear(p, point, half)),
            own.points() + " shown as " + recording.points());
      }
      assertTrue(recording.points().size() <= own.points().size());
    }
    try (Engine engine = Engine.open("cpu", 1)) {
      Experiment experiment = Experiment.open(run, new Apn(), engine);
      for (Recording recording : data.subset("test")) {
        FeatureSequence features = data.features(recording);
        var grid = data.grid(recording, features.length());
        List<Detection> detections = experiment.localize(features, grid).detections();
        assertFalse(detections.isEmpty());
        double last = detections.stream().mapToDouble(d -> d.segment().end()).max().orElse(0);
        assertTrue(last <= grid.duration() + 1e-9, last + " of " + grid.duration());
        assertTrue(last > grid.duration() / 2, last + " of " + grid.duration());
      }
    }
  }

  private static boolean isNear(MarkedMoment shown, PointLabel point, double seconds) {
    return shown.labels().contains(point.label())
        && Math.abs(shown.seconds() - point.seconds()) <= seconds;
  }

  @Test
  void pointsAreNeeded() throws IOException {
    Dataset bare = PointData.tiny(folder.resolve("bare"), r -> Stream.of(r.withPoints(List.of())));
    try (Engine engine = Engine.open("cpu", 1)) {
      Experiment experiment = experiment(engine, bare, "embedded=8");
      ConfigException e =
          assertThrows(
              ConfigException.class,
              () -> experiment.model().stages(new TrainingData(bare, Dataset.TRAIN, 1 << 20)));
      assertTrue(e.getMessage().contains("no recording to train on has one"), e.getMessage());
    }
  }

  /** Those without points have no part in anything: the weights are as if they were not there. */
  @Test
  void recordingsWithoutPointsAreLeftOutAndNamedOnce() throws IOException {
    String one = "train_00001";
    Dataset some =
        PointData.tiny(
            folder.resolve("some"),
            r -> Stream.of(r.id().equals(one) ? r.withPoints(List.of()) : r));
    Dataset fewer =
        PointData.tiny(
            folder.resolve("fewer"), r -> r.id().equals(one) ? Stream.of() : Stream.of(r));
    Notes notes = new Notes();
    RunFolder run = PointData.trained(some, folder.resolve("run"), 1, notes);
    RunFolder other = PointData.trained(fewer, folder.resolve("other"), 1, Progress.NONE);
    List<String> about = notes.said.stream().filter(note -> note.contains("left out")).toList();
    assertEquals(List.of("apn: left out of training, 1 recording without a point: " + one), about);
    assertEquals(weights(run), weights(other));
    assertEquals(history(run), history(other));
  }

  /** Every weight of a run, as it can be compared. */
  static Map<String, List<Float>> weights(RunFolder run) throws IOException {
    Map<String, List<Float>> weights = new LinkedHashMap<>();
    try (Engine engine = Engine.open("cpu", 1)) {
      for (var parameter : Experiment.open(run, new Apn(), engine).model().parameters().all()) {
        List<Float> values = new ArrayList<>();
        for (float value : parameter.value().toFloats()) {
          values.add(value);
        }
        weights.put(parameter.name(), values);
      }
    }
    return weights;
  }

  /** Alone and among others, with its point and localised. */
  @Test
  void aRecordingOfOneSnippetIsLearnedFromAndLocalised() throws IOException {
    List<String> ids = new ArrayList<>();
    Dataset data =
        PointData.withOneSnippet(
            folder.resolve("data"),
            r -> {
              boolean isFirst = ids.isEmpty();
              ids.add(r.id());
              return Stream.of(
                  isFirst ? r.withPoints(List.of(new PointLabel("Action01", 0.1))) : r);
            });
    RunFolder run = PointData.trained(data, folder.resolve("run"), 1, Progress.NONE);
    MarkedRecording first = history(run).recordings().get(0);
    assertEquals(ids.get(0), first.id());
    assertEquals(1, first.points().size());
    var found = history(run).looks().get(0).found().get(0);
    assertEquals(1, found.actions().size());
    assertEquals(List.of(), found.background());
    try (Engine engine = Engine.open("cpu", 1)) {
      Experiment experiment = Experiment.open(run, new Apn(), engine);
      Recording recording = data.subset("test").get(0);
      FeatureSequence one = data.features(recording).first(1);
      Localization result = experiment.localize(one, data.grid(recording, 1));
      assertEquals(1, result.prediction().curve("cas").snippets());
      assertFalse(result.detections().isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shortest=65",
        "width=7",
        "pseudo.mode=none",
        "pseudo.rule=classes",
        "scorePowers=1,1",
        "epochs=-1"
      })
  void valuesOutOfRangeAreRefused(String setting) throws IOException {
    Dataset data = PointData.tiny(folder.resolve("data"), Stream::of);
    try (Engine engine = Engine.open("cpu", 1)) {
      ConfigException e =
          assertThrows(ConfigException.class, () -> experiment(engine, data, setting));
      assertTrue(
          e.getMessage().contains(setting.substring(0, setting.indexOf('='))), e.getMessage());
    }
  }

  @Test
  void isAmongTheMethods() {
    assertEquals("apn", Methods.named("apn").name());
  }
}
