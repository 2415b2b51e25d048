// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.methods.evaluation.MeanAveragePrecision;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.multires.PtlrConfig.Networks;
import dev.kairos.methods.multires.PtlrConfig.RefinementStage;
import dev.kairos.methods.proposal.ClassSelection;
import dev.kairos.methods.pseudolabel.LabelQuality;
import dev.kairos.methods.pseudolabel.Labelling;
import dev.kairos.methods.pseudolabel.PseudoLabels;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PtlrTest {
  private static final RandomKey KEY = new RandomKey(3, 1);

  @TempDir private static Path parent;

  private static Dataset small;
  private static Dataset quick;

  private Engine engine;

  @BeforeAll
  static void makeData() throws IOException {
    ThumosLikeGenerator.write(
        parent.resolve("small"), new ThumosLikeOptions(4, 2, 6, 1, 20, 40, 8, 8, 0.5, 0.2));
    small = Dataset.open(parent.resolve("small"));
    ThumosLikeGenerator.write(parent.resolve("quick"), ThumosLikeOptions.quick());
    quick = Dataset.open(parent.resolve("quick"));
  }

  @BeforeEach
  void open() {
    engine = Engine.open("cpu", 1);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  /** Networks, the data they learn from, and all weights. */
  private static final class Trial {
    final PtlrConfig config;
    final TrainingData data;
    final Parameters parameters;
    final Ptlr ptlr;

    Trial(Engine engine, Dataset dataset, String... overrides) {
      List<String> words =
          new ArrayList<>(List.of("segments=16", "ptlr.hidden=6", "ptlr.batch=1", "ptlr.steps=4"));
      words.removeIf(
          word ->
              Arrays.stream(overrides)
                  .anyMatch(other -> other.startsWith(word.substring(0, word.indexOf('=') + 1))));
      words.addAll(List.of(overrides));
      this.config = PtlrConfig.from(Settings.empty().withOverrides(words));
      this.data = new TrainingData(dataset, "train", 1L << 28);
      this.parameters = new Parameters(engine, KEY);
      this.ptlr = new Ptlr(config, parameters, data.width(), dataset.description().classes(), KEY);
    }

    /** A part of the truth: of every fifth snippet, and none of the first recording. */
    PseudoLabels sparse() {
      int[] next = new int[1];
      int[] seen = new int[1];
      PseudoLabels all =
          Labelling.of(
              data,
              config.segments(),
              (features, labels) -> {
                int v = next[0]++;
                int[] own = new int[config.segments()];
                Arrays.fill(own, PseudoLabels.NONE);
                int[] snippets = SnippetSampling.uniform(own.length, data.length(v));
                float[] truth = data.snippetLabels(v);
                for (int t = v == 0 ? own.length : 0; t < own.length; t++) {
                  if (seen[0]++ % 5 == 0) {
                    own[t] = trueClass(truth, snippets[t], data.classes());
                  }
                }
                return own;
              });
      assertEquals(data.size(), next[0]);
      return all;
    }

    private static int trueClass(float[] truth, int snippet, int classes) {
      for (int c = 0; c < classes; c++) {
        if (truth[snippet * classes + c] > 0) {
          return c;
        }
      }
      return classes;
    }

    RefinementStage stage(int index) {
      return config.refinementStages().get(index);
    }

    Map<String, double[]> weights() {
      Map<String, double[]> weights = new LinkedHashMap<>();
      for (Parameter p : parameters.all()) {
        weights.put(p.name(), p.value().toDoubles());
      }
      return weights;
    }

    void train(int index, PseudoLabels labels) throws IOException {
      Stage stage = ptlr.training(stage(index), data, () -> labels);
      stage.begin(null, 0);
      for (long step = 0; step < stage.steps(); step++) {
        stage.step(step);
      }
    }
  }

  private static void assertSame(Map<String, double[]> expected, Map<String, double[]> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, values) -> assertArrayEquals(values, found.get(name), name));
  }

  @Test
  void labelsAreAskedForOnceAndNotBeforeTheFirstStep() {
    Trial trial = new Trial(engine, small);
    int[] asked = new int[1];
    Stage stage =
        trial.ptlr.training(
            trial.stage(0),
            trial.data,
            () -> {
              asked[0]++;
              return trial.sparse();
            });
    assertEquals(0, asked[0]);
    for (long step = 0; step < stage.steps(); step++) {
      stage.step(step);
      assertEquals(1, asked[0]);
    }
  }

  @Test
  void labelsOfOtherDataAreRefused() {
    Trial trial = new Trial(engine, small);
    PseudoLabels good = trial.sparse();
    int[][] rows = new int[good.recordings().size()][];
    Arrays.setAll(rows, good::of);
    List<String> turned = new ArrayList<>(good.recordings());
    turned.add(turned.remove(0));
    int[][] shorter = Arrays.stream(rows).map(r -> Arrays.copyOf(r, 15)).toArray(int[][]::new);
    for (PseudoLabels other :
        List.of(
            new PseudoLabels(turned, rows, 2),
            new PseudoLabels(good.recordings(), shorter, 2),
            new PseudoLabels(good.recordings(), rows, 3))) {
      Stage stage = trial.ptlr.training(trial.stage(0), trial.data, () -> other);
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> stage.prepare(0));
      assertTrue(String.valueOf(e.getMessage()).contains("other data"), e::getMessage);
    }
  }

  @Test
  void aStepWithoutLabelsChangesNothing() {
    Trial trial = new Trial(engine, small, "ptlr.steps=40", "ptlr.networks=rts");
    Stage stage = trial.ptlr.training(trial.stage(0), trial.data, trial::sparse);
    int skipped = 0;
    for (long step = 0; step < stage.steps(); step++) {
      Map<String, double[]> before = trial.weights();
      long updates = stage.optimizer().steps();
      Map<String, Double> said = stage.step(step);
      if (!said.containsKey("selected")) {
        skipped++;
        assertEquals(Set.of("loss", "learningRate"), said.keySet());
        assertEquals(0.0, said.get("loss"));
        assertEquals(updates, stage.optimizer().steps());
        assertSame(before, trial.weights());
      } else {
        assertNotEquals(
            Arrays.toString(before.get("rts.stem.bias")),
            Arrays.toString(trial.weights().get("rts.stem.bias")));
      }
    }
    assertTrue(skipped > 0 && skipped < 40, skipped + " of 40 steps");
  }

  @Test
  void eachTrainingMovesItsNetworkAlone() throws IOException {
    Trial trial = new Trial(engine, small);
    for (int phase = 0; phase < 2; phase++) {
      Map<String, double[]> before = trial.weights();
      trial.train(phase, trial.sparse());
      String own = trial.stage(phase).network() == Networks.OTS ? "ots." : "rts.";
      trial
          .weights()
          .forEach(
              (name, values) ->
                  assertEquals(
                      name.startsWith(own), !Arrays.equals(before.get(name), values), name));
    }
  }

  @Test
  void weightsCarryOverAndTheOptimiserBeginsAfresh() throws IOException {
    Trial whole = new Trial(engine, small, "ptlr.networks=ots");
    whole.train(0, whole.sparse());
    Trial half = new Trial(engine, small, "ptlr.networks=ots");
    for (Parameter p : half.parameters.all()) {
      p.value().assign(whole.parameters.byName().get(p.name()).value());
    }
    whole.train(1, whole.sparse());
    half.train(1, whole.sparse());
    assertSame(whole.weights(), half.weights());
  }

  @Test
  void freshWeightsForgetWhatWasLearned() throws IOException {
    String[] settings = {"ptlr.networks=rts", "ptlr.reinitEachStage=true"};
    Trial whole = new Trial(engine, small, settings);
    whole.train(0, whole.sparse());
    Map<String, double[]> first = whole.weights();
    whole.train(1, whole.sparse());
    Trial second = new Trial(engine, small, settings);
    second.train(1, second.sparse());
    assertSame(whole.weights(), second.weights());
    assertFalse(Arrays.equals(first.get("rts.stem.bias"), whole.weights().get("rts.stem.bias")));
  }

  /** All stages with their labels kept in a folder, as a run keeps them. */
  private static List<Stage> chain(Trial trial, Path folder) {
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < trial.config.refinementStages().size(); i++) {
      stages.add(new Kept(trial, i, folder.resolve("labels" + i)));
    }
    return stages;
  }

  /**
   * A stage that writes its labels when it begins, which come from the weights of the one before:
   * steps are prepared on another thread, which may not use the engine.
   */
  private static final class Kept implements Stage {
    private final Trial trial;
    private final int index;
    private final Path labels;
    private final Stage stage;

    Kept(Trial trial, int index, Path labels) {
      this.trial = trial;
      this.index = index;
      this.labels = labels;
      this.stage = trial.ptlr.training(trial.stage(index), trial.data, this::read);
    }

    private PseudoLabels read() {
      try {
        return PseudoLabels.read(labels, trial.data.classes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void begin(@Nullable StageFolder before, long done) throws IOException {
      if (!Files.exists(labels)) {
        Files.createDirectories(labels);
        PseudoLabels own =
            index == 0 ? trial.sparse() : trial.ptlr.labels(trial.stage(index - 1), trial.data);
        own.write(labels);
      }
      stage.begin(before, done);
    }

    @Override
    public String name() {
      return stage.name();
    }

    @Override
    public long steps() {
      return stage.steps();
    }

    @Override
    public Optimizer optimizer() {
      return stage.optimizer();
    }

    @Override
    public Step prepare(long step) {
      return stage.prepare(step);
    }
  }

  private TrainingLoop.Ended go(Trial trial, Path folder, int stopAfter) throws IOException {
    RunFolder run =
        RunFolder.exists(folder) ? RunFolder.open(folder) : RunFolder.create(folder, "seed = 1\n");
    int[] asked = new int[1];
    var options =
        new TrainingLoop.Options(
            Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, () -> ++asked[0] == stopAfter);
    return new TrainingLoop(run, trial.parameters, options, Progress.NONE)
        .run(chain(trial, folder));
  }

  @ParameterizedTest
  @EnumSource(Networks.class)
  void aStoppedRunEndsInTheSameBits(Networks networks) throws IOException {
    String[] settings = {
      "ptlr.networks=" + networks.name().toLowerCase(Locale.ROOT),
      "ptlr.stages=2",
      "ptlr.steps=7",
      "ptlr.thetas=0.4,0.35"
    };
    Trial undisturbed = new Trial(engine, small, settings);
    Path whole = parent.resolve("whole-" + networks);
    assertEquals(TrainingLoop.Ended.FINISHED, go(undisturbed, whole, -1));
    String metrics = Files.readString(whole.resolve(RunFolder.METRICS));
    assertTrue(metrics.contains("\"loss\":0.0,"), "choose another seed: no step is without labels");
    for (int every : new int[] {1, 5, 7, 8}) {
      Path folder = parent.resolve("stopped-" + networks + "-" + every);
      int starts = 1;
      Trial trial = new Trial(engine, small, settings);
      while (go(trial, folder, every) == TrainingLoop.Ended.STOPPED) {
        trial = new Trial(engine, small, settings);
        starts++;
      }
      assertTrue(starts > 1);
      assertSame(undisturbed.weights(), trial.weights());
      String last = "labels" + (undisturbed.config.refinementStages().size() - 1);
      assertEquals(
          PseudoLabels.read(whole.resolve(last), 2), PseudoLabels.read(folder.resolve(last), 2));
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(RunFolder.METRICS)),
          Files.readAllBytes(folder.resolve(RunFolder.METRICS)));
    }
  }

  @Test
  void qualityIsThatOfTheAnnotation() {
    long seed = 12;
    SplittableRandom random = new SplittableRandom(seed);
    Trial trial = new Trial(engine, small, "segments=50");
    PseudoLabels labels =
        Labelling.of(
            trial.data, 50, (features, own) -> random.ints(50, PseudoLabels.NONE, 3).toArray());
    LabelQuality expected = LabelQuality.NONE;
    for (int v = 0; v < trial.data.size(); v++) {
      Recording recording = small.recording(trial.data.id(v));
      int[][] truth =
          LabelQuality.trueClasses(
              recording.instances(),
              small.description().classes(),
              SnippetSampling.uniform(50, trial.data.length(v)),
              trial.data.grid(v));
      expected = expected.plus(LabelQuality.of(labels.of(v), truth, 2));
    }
    assertEquals(expected, Labelling.quality(trial.data, labels), "seed " + seed);
    assertEquals(1, Labelling.quality(trial.data, trial.sparse()).precision());
  }

  /** Untrained networks are sure of nothing, and the threshold is near 1. */
  @Test
  void aClassKeepsItsPeaksWhereLabelsAreNormalised() {
    Trial usual = new Trial(engine, small, "ptlr.thetas=0.99,0.99,0.99");
    Trial normalised =
        new Trial(engine, small, "ptlr.thetas=0.99,0.99,0.99", "ptlr.labelNormalisation=minmax");
    assertSame(usual.weights(), normalised.weights());
    for (int phase = 0; phase < 2; phase++) {
      PseudoLabels none = usual.ptlr.labels(usual.stage(phase), usual.data);
      PseudoLabels peaks = normalised.ptlr.labels(normalised.stage(phase), normalised.data);
      for (int v = 0; v < usual.data.size(); v++) {
        assertEquals(Set.of(PseudoLabels.NONE), classes(none.of(v)));
        Set<Integer> found = classes(peaks.of(v));
        assertTrue(found.stream().anyMatch(c -> c >= 0 && c < 2), found::toString);
        assertTrue(found.contains(PseudoLabels.NONE), found::toString);
      }
    }
  }

  private static Set<Integer> classes(int[] labels) {
    return Arrays.stream(labels).boxed().collect(Collectors.toSet());
  }

  @Test
  void networkRtsSpeaksAsItWasTold() throws IOException {
    Trial repeated = new Trial(engine, small);
    Trial linear = new Trial(engine, small, "ptlr.upsample=linear");
    Cas blocks = cas(localize(repeated, small, 0, Networks.RTS));
    Cas lines = cas(localize(linear, small, 0, Networks.RTS));
    for (int t = 0; t < 16; t += 8) { // where every branch has a row
      for (int c = 0; c < 3; c++) {
        assertEquals(blocks.at(t, c), lines.at(t, c), 1e-6);
      }
    }
    assertEquals(blocks.at(0, 0), blocks.at(1, 0));
    assertNotEquals(lines.at(0, 0), lines.at(1, 0));
    assertEquals(
        cas(localize(repeated, small, 0, Networks.OTS)),
        cas(localize(linear, small, 0, Networks.OTS)));
  }

  private static Localization localize(Trial trial, Dataset data, int which, Networks with)
      throws IOException {
    Recording recording = data.subset("test").get(which);
    FeatureSequence features = data.features(recording);
    return trial.ptlr.localizer(with).localize(features, data.grid(recording, features.length()));
  }

  private static Cas cas(Localization found) {
    return found.prediction().cas().orElseThrow();
  }

  @Test
  void bothNetworksSpeakTogether() throws IOException {
    Trial trial = new Trial(engine, small, "ptlr.activationThresholds=0.1,0.3");
    Localization ots = localize(trial, small, 0, Networks.OTS);
    Localization rts = localize(trial, small, 0, Networks.RTS);
    Localization both = localize(trial, small, 0, Networks.BOTH);
    double[] mean = cas(ots).values();
    double[] other = cas(rts).values();
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (mean[i] + other[i]) / 2;
    }
    Cas expected = Cas.of(mean, 16, 3);
    assertEquals(expected, cas(both));
    assertArrayEquals(
        Arrays.copyOf(ClassSelection.topMean(expected, 8), 2), both.prediction().videoScores());
    assertArrayEquals(
        Arrays.copyOf(ClassSelection.topMean(cas(ots), 8), 2), ots.prediction().videoScores());
    assertFalse(both.detections().isEmpty());
  }

  @Test
  void aNetworkThatIsNotThereIsNotAsked() {
    Trial trial = new Trial(engine, small, "ptlr.networks=ots");
    assertThrows(IllegalArgumentException.class, () -> localize(trial, small, 0, Networks.BOTH));
    assertTrue(trial.parameters.all().stream().allMatch(p -> p.name().startsWith("ots.")));
  }

  @Test
  void aRecordingOfOneSnippetIsLocalised() throws IOException {
    Trial trial = new Trial(engine, small);
    Recording recording = small.subset("test").get(0);
    FeatureSequence one = small.features(recording).first(1);
    Localization result =
        trial.ptlr.localizer(Networks.BOTH).localize(one, small.grid(recording, 1));
    assertEquals(16, cas(result).snippets());
  }

  private static double map(Trial trial, Networks with) throws IOException {
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    Map<String, List<Detection>> found = new LinkedHashMap<>();
    List<Recording> test = quick.subset("test");
    for (int i = 0; i < test.size(); i++) {
      truth.put(test.get(i).id(), test.get(i).instances());
      found.put(test.get(i).id(), localize(trial, quick, i, with).detections());
    }
    return MeanAveragePrecision.evaluate(truth, found, Thresholds.parse("0.5:0.1:0.5")).average();
  }

  @Test
  void aFewLabelsGrowIntoMany() throws IOException {
    Trial trial =
        new Trial(
            engine,
            quick,
            "segments=64",
            "ptlr.hidden=24",
            "ptlr.batch=8",
            "ptlr.steps=120",
            "ptlr.dropout=0.3",
            "ptlr.learningRate=3e-3",
            "ptlr.scales=1", // the recordings are short
            "ptlr.stages=1");
    double before = map(trial, Networks.BOTH);
    PseudoLabels labels = trial.sparse();
    double recall = Labelling.quality(trial.data, labels).recall();
    assertEquals(0.2, recall, 0.02);
    for (int phase = 0; phase < 2; phase++) {
      trial.train(phase, labels);
      labels = trial.ptlr.labels(trial.stage(phase), trial.data);
      LabelQuality now = Labelling.quality(trial.data, labels);
      assertTrue(now.recall() > 0.8, trial.stage(phase).name() + ": " + now);
      assertTrue(now.precision() > 0.85, trial.stage(phase).name() + ": " + now);
    }
    double after = map(trial, Networks.BOTH);
    assertTrue(after > 0.8 && before < 0.2, "mAP at 0.5: " + before + ", then " + after);
  }
}
