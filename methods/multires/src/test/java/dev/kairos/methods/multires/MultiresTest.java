// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.MeanAveragePrecision;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.evaluation.ValidationFile;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.pseudolabel.LabelQuality;
import dev.kairos.methods.pseudolabel.LabelQualityFile;
import dev.kairos.methods.pseudolabel.PseudoLabels;
import dev.kairos.methods.run.BestCheckpoint;
import dev.kairos.methods.run.MetricsLog;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiresTest {
  private static final List<String> SMALL =
      List.of(
          "segments=16",
          "ilg.filterHidden=4",
          "ilg.hidden=8",
          "ilg.steps=4",
          "ilg.batch=3",
          "ptlr.hidden=4",
          "ptlr.steps=3",
          "ptlr.batch=3",
          "ptlr.stages=2",
          "labels.action=0.2", // so few steps teach too little for the usual thresholds
          "labels.background=0.2",
          "ptlr.thetas=0.4,0.35");
  private static final List<String> STAGES =
      List.of("ilg", "ptlr1-ots", "ptlr1-rts", "ptlr2-ots", "ptlr2-rts");

  @TempDir static Path shared;
  private static Path data = Path.of("");

  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    data = shared.resolve("data");
    ThumosLikeGenerator.write(data, new ThumosLikeOptions(4, 2, 6, 2, 20, 40, 8, 8, 0.5, 0.2));
  }

  private static Experiment experiment(Engine engine, String... more) throws IOException {
    return experiment(engine, Dataset.open(data).description(), more);
  }

  private static Experiment experiment(
      Engine engine, DatasetDescription description, String... more) throws IOException {
    Map<String, String> words = new LinkedHashMap<>();
    for (String word : Stream.concat(SMALL.stream(), Arrays.stream(more)).toList()) {
      words.put(word.substring(0, word.indexOf('=')), word); // the later one counts
    }
    Multires method = new Multires();
    return new Experiment(
        method,
        description,
        Experiment.settings(method, description, "none", null, List.copyOf(words.values())),
        3,
        engine);
  }

  private static TrainingLoop.Ended train(Experiment experiment, RunFolder run, int stopAfter)
      throws IOException {
    int[] asked = new int[1];
    return experiment.train(
        run,
        new TrainingData(Dataset.open(data), "train", 1L << 28),
        new TrainingLoop.Options(
            Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, () -> ++asked[0] == stopAfter),
        Progress.NONE);
  }

  private RunFolder trained(String name, Engine engine, String... more) throws IOException {
    Experiment experiment = experiment(engine, more);
    RunFolder run = experiment.create(folder.resolve(name), Dataset.open(data), null);
    assertEquals(TrainingLoop.Ended.FINISHED, train(experiment, run, -1));
    return run;
  }

  /** Every file that must not depend on how a run came about. */
  private static Map<String, byte[]> content(RunFolder run) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    List<Path> files = new ArrayList<>(List.of(run.file("checkpoint.safetensors")));
    files.add(run.file("metrics.jsonl"));
    for (String name : List.of(BestCheckpoint.NAME, ValidationFile.NAME)) {
      if (Files.exists(run.file(name))) {
        files.add(run.file(name));
      }
    }
    try (Stream<Path> all = Files.walk(run.file(StageFolder.STAGES))) {
      files.addAll(all.filter(Files::isRegularFile).toList());
    }
    for (Path file : files) {
      content.put(run.path().relativize(file).toString(), Files.readAllBytes(file));
    }
    return content;
  }

  private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
  }

  @Test
  void everyStageLeavesItsWeightsMetricsAndLabels() throws IOException {
    try (Engine engine = Engine.open("cpu", 1)) {
      RunFolder run = trained("run", engine);
      Map<String, StageFolder> stages = StageFolder.finished(run);
      assertEquals(STAGES, List.copyOf(stages.keySet()));
      assertEquals(STAGES, experiment(engine).model().stageNames());
      long total = 0;
      for (StageFolder stage : stages.values()) {
        List<MetricsLog.Entry> metrics = MetricsLog.read(stage.file(RunFolder.METRICS));
        assertEquals(stage.name().equals("ilg") ? 4 : 3, metrics.size());
        assertEquals(total + 1, metrics.get(0).step());
        total += metrics.size();
        PseudoLabels labels = PseudoLabels.read(stage.path(), 2);
        assertEquals(16, labels.snippets());
        assertEquals(6, labels.recordings().size());
        LabelQuality quality = LabelQualityFile.read(stage.file(LabelQualityFile.NAME));
        String kept = Files.readString(stage.file(LabelQualityFile.NAME));
        assertTrue(kept.contains("\"boundaries\""), kept);
        assertEquals(6 * 16, quality.total());
        assertEquals(selected(labels), quality.selected());
      }
      assertEquals(MetricsLog.read(run.file(RunFolder.METRICS)).size(), total);
      assertTrue(
          selected(PseudoLabels.read(stages.values().iterator().next().path(), 2)) > 0,
          "the first labels teach something");
    }
  }

  private static long selected(PseudoLabels labels) {
    long count = 0;
    for (int v = 0; v < labels.recordings().size(); v++) {
      count += Arrays.stream(labels.of(v)).filter(label -> label >= 0).count();
    }
    return count;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ptlr.networks=both",
        "ptlr.reinitEachStage=true",
        "ptlr.networks=ots",
        "ilg.sharedMasks=true ilg.consistencyOn=minmax ptlr.labelNormalisation=minmax"
            + " ptlr.thresholdOf=peak ptlr.upsample=linear ptlr.lowLabels=majority"
      })
  void stoppedAtAnyStepEndsInTheSameBits(String settings) throws IOException {
    String[] variant = settings.split(" ");
    try (Engine engine = Engine.open("cpu", 1)) {
      Map<String, byte[]> expected = content(trained("undisturbed", engine, variant));
      RunFolder run = null;
      TrainingLoop.Ended ended = TrainingLoop.Ended.STOPPED;
      int starts = 0;
      while (ended == TrainingLoop.Ended.STOPPED) { // a step each time
        Experiment again = experiment(engine, variant);
        run = run == null ? again.create(folder.resolve("stopped"), Dataset.open(data), null) : run;
        ended = train(again, run, 1);
        starts++;
      }
      assertEquals(settings.endsWith("ots") ? 4 + 2 * 3 : 4 + 4 * 3, starts);
      assertSame(expected, content(run));
    }
  }

  @Test
  void aCheckpointInTheMiddleOfAStageNeedsTheLabelsOnDisk() throws IOException {
    try (Engine engine = Engine.open("cpu", 1)) {
      Experiment experiment = experiment(engine);
      RunFolder run = experiment.create(folder.resolve("run"), Dataset.open(data), null);
      assertEquals(TrainingLoop.Ended.STOPPED, train(experiment, run, 6)); // 2 into ptlr1-ots
      Path labels = StageFolder.of(run, "ilg").file(PseudoLabels.LABELS);
      Files.delete(labels);
      DataFormatException e =
          assertThrows(DataFormatException.class, () -> train(experiment(engine), run, -1));
      assertTrue(e.getMessage().contains(labels.toString()), e.getMessage());
    }
  }

  @Test
  void goesBackToTheEndOfAStage() throws IOException {
    try (Engine engine = Engine.open("cpu", 1)) {
      RunFolder run = trained("run", engine);
      Dataset dataset = Dataset.open(data);
      List<Recording> test = dataset.subset("test");
      Experiment whole = Experiment.open(run, new Multires(), engine);
      Map<String, Localization> last = whole.localize(dataset, test, Progress.NONE);
      for (String stage : STAGES) {
        Experiment at = Experiment.open(run, new Multires(), engine, stage);
        Map<String, Localization> then = at.localize(dataset, test, Progress.NONE);
        boolean same = cas(then.get(test.get(0).id())).equals(cas(last.get(test.get(0).id())));
        assertEquals(stage.equals("ptlr2-rts"), same, stage);
      }
      ConfigException e =
          assertThrows(
              ConfigException.class, () -> Experiment.open(run, new Multires(), engine, "ptlr3"));
      assertTrue(e.getMessage().contains("ptlr3"), e.getMessage());
    }
  }

  @Test
  void aStoppedRunLocalisesWithWhatWasTrained() throws IOException {
    try (Engine engine = Engine.open("cpu", 1)) {
      Experiment experiment = experiment(engine);
      RunFolder run = experiment.create(folder.resolve("run"), Dataset.open(data), null);
      assertEquals(TrainingLoop.Ended.STOPPED, train(experiment, run, 4)); // the end of ilg
      Dataset dataset = Dataset.open(data);
      List<Recording> test = dataset.subset("test");
      String id = test.get(0).id();
      assertEquals(
          cas(
              Experiment.open(run, new Multires(), engine, "ilg")
                  .localize(dataset, test, Progress.NONE)
                  .get(id)),
          cas(
              Experiment.open(run, new Multires(), engine)
                  .localize(dataset, test, Progress.NONE)
                  .get(id)));
      DataFormatException e =
          assertThrows(
              DataFormatException.class,
              () -> Experiment.open(run, new Multires(), engine, "ptlr1-ots"));
      assertTrue(e.getMessage().contains("not finished"), e.getMessage());
    }
  }

  @Test
  void withoutRefinementTheFirstNetworksLocalise() throws IOException {
    try (Engine engine = Engine.open("cpu", 1)) {
      RunFolder run = trained("run", engine, "refine=false");
      assertEquals(List.of("ilg"), List.copyOf(StageFolder.finished(run).keySet()));
      assertTrue(run.position().finished());
      assertEquals(6, PseudoLabels.read(StageFolder.of(run, "ilg").path(), 2).recordings().size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ilg.alpha=0",
        "ilg.beta=0",
        "ilg.gamma=0",
        "ilg.consistencyReduction=sum",
        "ilg.consistencyOn=softmax",
        "ilg.resampling=align-corners",
        "ilg.sharedWeights=false",
        "ilg.mostScale=0.6",
        "ilg.normWeight=0"
      })
  void everySwitchOfTheFirstTrainingMakesADifference(String word) throws IOException {
    try (Engine engine = Engine.open("cpu", 1)) {
      double[] usual = losses(trained("usual", engine, "refine=false"));
      double[] other = losses(trained("other", engine, "refine=false", word));
      assertTrue(Double.isFinite(other[0]));
      assertFalse(Arrays.equals(usual, other), word);
    }
  }

  private static double[] losses(RunFolder run) throws IOException {
    return MetricsLog.read(run.file(RunFolder.METRICS)).stream()
        .mapToDouble(entry -> entry.values().getOrDefault("loss", Double.NaN))
        .toArray();
  }

  @Test
  void ablationsLeaveTheirLossesOut() throws IOException {
    try (Engine engine = Engine.open("cpu", 1)) {
      RunFolder bare =
          trained("bare", engine, "refine=false", "ilg.alpha=0", "ilg.beta=0", "ilg.gamma=0");
      RunFolder whole = trained("whole", engine, "refine=false");
      assertEquals(
          List.of("loss_rgb", "loss_flow", "loss", "learningRate"),
          List.copyOf(MetricsLog.read(bare.file(RunFolder.METRICS)).get(0).values().keySet()));
      assertEquals(
          List.of(
              "loss_rgb",
              "loss_flow",
              "loss_between_streams",
              "loss_between_scales_rgb",
              "loss_between_scales_flow",
              "loss",
              "learningRate"),
          List.copyOf(MetricsLog.read(whole.file(RunFolder.METRICS)).get(0).values().keySet()));
    }
  }

  @Test
  void everyStageKeepsItsBestWeightsAndMayEndEarly() throws IOException {
    String[] words = {
      "train.evaluateEvery=1",
      "train.heldOut=0.34",
      "train.patience=2",
      "ilg.steps=6",
      "ptlr.steps=4"
    };
    try (Engine engine = Engine.open("cpu", 1)) {
      RunFolder whole = trained("whole", engine, words);
      ValidationFile.Content scored = ValidationFile.read(whole.file(ValidationFile.NAME));
      assertEquals(
          STAGES,
          scored.evaluations().stream().map(ValidationFile.Evaluation::stage).distinct().toList());
      assertFalse(scored.endedEarly().isEmpty(), "no stage ended early, which shows nothing");
      long last = scored.evaluations().get(scored.evaluations().size() - 1).total();
      assertEquals(last, whole.position().total());
      Dataset dataset = Dataset.open(data);
      for (String stage : STAGES) {
        Experiment at = Experiment.open(whole, new Multires(), engine, stage);
        double best =
            scored.evaluations().stream()
                .filter(each -> each.stage().equals(stage))
                .mapToDouble(ValidationFile.Evaluation::average)
                .max()
                .orElseThrow();
        assertEquals(best, average(at, dataset, scored.recordings()), 0, stage);
      }
      RunFolder stopped =
          experiment(engine, words).create(folder.resolve("stopped"), Dataset.open(data), null);
      int starts = 1;
      while (train(experiment(engine, words), stopped, 1) == TrainingLoop.Ended.STOPPED) {
        starts++;
      }
      assertTrue(starts > 10, "starts: " + starts);
      assertSame(content(whole), content(stopped));
    }
  }

  private static double average(Experiment experiment, Dataset dataset, List<String> ids)
      throws IOException {
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    Map<String, List<Detection>> found = new LinkedHashMap<>();
    List<Recording> recordings = ids.stream().map(dataset::recording).toList();
    recordings.forEach(recording -> truth.put(recording.id(), recording.instances()));
    experiment
        .localize(dataset, recordings, Progress.NONE)
        .forEach((id, localization) -> found.put(id, localization.detections()));
    return MeanAveragePrecision.evaluate(truth, found, Thresholds.parse("0.1:0.1:0.7")).average();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ots", "rts"})
  void oneNetworkAloneLearnsFromItsOwnLabels(String network) throws IOException {
    try (Engine engine = Engine.open("cpu", 1)) {
      RunFolder run = trained(network, engine, "ptlr.networks=" + network);
      assertEquals(
          List.of("ilg", "ptlr1-" + network, "ptlr2-" + network),
          List.copyOf(StageFolder.finished(run).keySet()));
      Experiment experiment = experiment(engine, "ptlr.networks=" + network);
      assertTrue(
          experiment.model().parameters().all().stream()
              .allMatch(p -> p.name().startsWith("ilg.") || p.name().startsWith(network + ".")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "streamWeights=1",
        "streamWeights=1,-1",
        "ilg.leastScale=3 ilg.mostScale=2",
        "ilg.consistencyReduction=median",
        "ilg.resampling=nearest",
        "ptlr.networks=ots localizeWith=rts",
        "ptlr.stages=5",
        "ilg.consistencyOn=tanh",
        "ilg.sharedMasks=true ilg.sharedWeights=false",
        "ilg.alpha=-1"
      })
  void settingsOutOfRangeAreRefused(String words) {
    try (Engine engine = Engine.open("cpu", 1)) {
      assertThrows(ConfigException.class, () -> experiment(engine, words.split(" ")));
    }
  }

  @Test
  void takesTwoStreamsAndNoOtherNumber() throws IOException {
    DatasetDescription two = Dataset.open(data).description();
    try (Engine engine = Engine.open("cpu", 1)) {
      for (int count : new int[] {1, 3}) {
        List<FeatureStream> streams =
            Stream.of("a", "b", "c").limit(count).map(name -> new FeatureStream(name, 4)).toList();
        DatasetDescription other =
            new DatasetDescription(
                two.name(), streams, two.fps(), two.stride(), two.classes(), "", "");
        ConfigException e = assertThrows(ConfigException.class, () -> experiment(engine, other));
        assertTrue(e.getMessage().contains("two streams"), e.getMessage());
      }
    }
  }

  @Test
  void isAmongTheMethodsWithItsPresets() {
    assertEquals(
        List.of(
            "thumos14",
            "activitynet13",
            "sbhar",
            "sbhar-sparse",
            "thumos-like",
            "thumos-like-quick",
            "demo"),
        List.copyOf(Methods.named("multires").presets().keySet()));
  }

  @Test
  void everyPresetIsKnownToTheMethod() throws IOException {
    DatasetDescription description = Dataset.open(data).description();
    try (Engine engine = Engine.open("cpu", 1)) {
      for (String preset : new Multires().presets().keySet()) {
        List<String> narrow = List.of("ilg.hidden=2", "ilg.filterHidden=2", "ptlr.hidden=2");
        Experiment made =
            new Experiment(
                new Multires(),
                description,
                Experiment.settings(new Multires(), description, preset, null, narrow),
                0,
                engine);
        assertTrue(made.config().contains("streamWeights"), preset);
      }
    }
  }

  private static Cas cas(@Nullable Localization found) {
    return Objects.requireNonNull(found).prediction().cas().orElseThrow();
  }
}
