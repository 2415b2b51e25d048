// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.EvaluationFile;
import dev.kairos.methods.evaluation.Protocol;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.evaluation.ValidationFile;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.run.BestCheckpoint;
import dev.kairos.methods.run.MetricsLog;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.methods.training.EpochOrder;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.HeldOut;
import dev.kairos.methods.training.HeldOutOptions;
import dev.kairos.methods.training.KeptWeights;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.optim.Adam;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldOutTest {
  private static final RandomKey KEY = new RandomKey(5, 0);
  private static final HeldOutOptions THIRD = options(4, 0.34, HeldOutOptions.VALIDATION);

  @TempDir private Path folder;

  private static HeldOutOptions options(int every, double share, String subset) {
    return new HeldOutOptions(every, 0, share, subset, true, 0, "0.5");
  }

  private static String[] settings(String... more) {
    List<String> all = new ArrayList<>(List.of(Waves.QUICK));
    all.add("learningRate=0.05"); // so that it gets worse now and then
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static Map<Long, Double> scores(Path run) throws IOException {
    Map<Long, Double> scores = new LinkedHashMap<>();
    for (MetricsLog.Entry entry : MetricsLog.read(run.resolve(RunFolder.METRICS))) {
      Double score = entry.values().get("validation/mAP");
      if (score != null) {
        scores.put(entry.step(), score);
      }
    }
    return scores;
  }

  private static Map<String, float[]> weights(Path run) throws IOException {
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Map.Entry<String, NpyArray> tensor :
        Safetensors.read(run.resolve(RunFolder.CHECKPOINT)).tensors().entrySet()) {
      if (tensor.getKey().startsWith("conv")) {
        weights.put(tensor.getKey(), tensor.getValue().toFloats());
      }
    }
    assertEquals(4, weights.size());
    return weights;
  }

  @Test
  void partsTheRecordingsByTheSeed() {
    TrainingData all = new TrainingData(Waves.dataset("train"), "train", 1 << 20);
    HeldOut heldOut = HeldOut.of(THIRD, all, KEY);
    assertEquals(2, heldOut.ids().size());
    assertEquals(heldOut.ids(), HeldOut.of(THIRD, all, KEY).ids());
    TreeSet<String> drawn = new TreeSet<>();
    for (int seed = 0; seed < 20; seed++) {
      drawn.addAll(HeldOut.of(THIRD, all, new RandomKey(seed, 0)).ids());
    }
    assertEquals(6, drawn.size());
    List<String> together = new ArrayList<>(heldOut.ids());
    for (int i = 0; i < heldOut.training().size(); i++) {
      together.add(heldOut.training().id(i));
      int same = Integer.parseInt(heldOut.training().id(i).substring("train".length()));
      assertEquals(all.length(same), heldOut.training().length(i));
      assertArrayEquals(all.labels(same), heldOut.training().labels(i));
    }
    assertEquals(
        List.of("train0", "train1", "train2", "train3", "train4", "train5"), sorted(together));
  }

  @Test
  void subjectsAreNotParted() {
    TrainingData all = new TrainingData(withSubjects("a", "b", "c"), "train", 1 << 20);
    TreeSet<String> alone = new TreeSet<>();
    for (int seed = 0; seed < 20; seed++) {
      HeldOut heldOut = HeldOut.of(options(1, 0.3, ""), all, new RandomKey(seed, 0));
      assertEquals(2, heldOut.ids().size());
      assertEquals(heldOut.ids().get(0).charAt(5) % 3, heldOut.ids().get(1).charAt(5) % 3);
      alone.add(heldOut.described());
    }
    assertEquals(3, alone.size(), "" + alone);
    assertTrue(
        alone.first().contains("2 recordings of train (0.3), all of 1 subject: a"), "" + alone);
    HeldOutOptions most = options(1, 0.99, "");
    assertEquals(4, HeldOut.of(most, all, KEY).ids().size()); // a subject is left to learn from
    HeldOutOptions byRecording = new HeldOutOptions(1, 0, 0.99, "", false, 0, "0.5");
    assertEquals(5, HeldOut.of(byRecording, all, KEY).ids().size());
    TrainingData one = new TrainingData(withSubjects("a"), "train", 1 << 20);
    ConfigException e =
        assertThrows(ConfigException.class, () -> HeldOut.of(options(1, 0.3, ""), one, KEY));
    assertTrue(e.getMessage().contains("of one subject, 'a'"), e.getMessage());
    assertEquals(2, HeldOut.of(byRecordings(0.34), one, KEY).ids().size());
  }

  private static HeldOutOptions byRecordings(double share) {
    return new HeldOutOptions(1, 0, share, "", false, 0, "0.5");
  }

  /** A subject each, in turn. */
  private static Dataset withSubjects(String... subjects) {
    Map<Recording, FeatureSequence> features = new LinkedHashMap<>();
    Dataset data = Waves.dataset("train");
    for (Recording r : data.recordings()) {
      String subject = subjects[features.size() % subjects.length];
      features.put(
          new Recording(
              r.id(),
              r.subset(),
              r.duration(),
              r.fps(),
              subject,
              r.instances(),
              Set.of(),
              List.of()),
          features(data, r));
    }
    return Dataset.of(Waves.ABOUT, features);
  }

  private static FeatureSequence features(Dataset data, Recording recording) {
    try {
      return data.features(recording);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatHasAnotherUseIsNotHeldOut() {
    TrainingData all = new TrainingData(Waves.dataset("training", "testing"), "train", 1 << 20);
    ConfigException learned =
        assertThrows(
            ConfigException.class, () -> HeldOut.of(options(1, 0.5, "training"), all, KEY));
    assertTrue(learned.getMessage().contains("are learned from"), learned.getMessage());
    ConfigException tested =
        assertThrows(ConfigException.class, () -> HeldOut.of(options(1, 0.5, "testing"), all, KEY));
    assertTrue(tested.getMessage().contains("are those to test on"), tested.getMessage());
    DataFormatException missing =
        assertThrows(DataFormatException.class, () -> HeldOut.of(options(1, 0.5, "dev"), all, KEY));
    assertTrue(missing.hint().orElse("").contains("testing, training"), missing.hint().orElse(""));
  }

  @Test
  void whatHasNoSegmentsIsNotHeldOut() {
    Dataset data = Waves.dataset("train", "val");
    Map<Recording, FeatureSequence> features = new LinkedHashMap<>();
    for (Recording r : data.recordings()) {
      boolean bare = r.subset().equals("val");
      features.put(bare ? r.withActions(List.of(), r.labels()) : r, features(data, r));
    }
    TrainingData all = new TrainingData(Dataset.of(Waves.ABOUT, features), "train", 1 << 20);
    ConfigException e =
        assertThrows(ConfigException.class, () -> HeldOut.of(options(1, 0.5, "val"), all, KEY));
    assertTrue(e.getMessage().contains("no action of the held-out recordings"), e.getMessage());
    assertTrue(e.getMessage().contains("subset val: 6 recordings"), e.getMessage());
  }

  private static List<String> sorted(List<String> names) {
    return names.stream().sorted().toList();
  }

  @Test
  void theSubsetValIsTakenWhereThereIsOne() {
    TrainingData all = new TrainingData(Waves.dataset("train", "val"), "train", 1 << 20);
    HeldOut heldOut = HeldOut.of(THIRD, all, KEY);
    assertEquals(List.of("val0", "val1", "val2", "val3", "val4", "val5"), heldOut.ids());
    assertEquals(all, heldOut.training());
    HeldOut share = HeldOut.of(options(1, 0.5, ""), all, KEY);
    assertEquals(3, share.training().size());
    assertTrue(share.ids().stream().allMatch(id -> id.startsWith("train")), "" + share.ids());
    HeldOutOptions other = options(1, 0.5, "dev");
    assertThrows(DataFormatException.class, () -> HeldOut.of(other, all, KEY));
  }

  @Test
  void offItChangesNothing() throws IOException {
    TrainingData all = new TrainingData(Waves.dataset("train", "val"), "train", 1 << 20);
    HeldOut none = HeldOut.of(HeldOutOptions.never(), all, KEY);
    assertEquals(all, none.training());
    assertEquals(List.of(), none.ids());
    new Training(Waves.dataset("train", "val")).run(folder.resolve("run"), "plain", settings());
    assertEquals(Map.of(), scores(folder.resolve("run")));
  }

  @Test
  void theBestWeightsAreKeptBesideTheLast() throws IOException {
    Dataset data = Waves.dataset("train", "val", "test");
    Path place = folder.resolve("run");
    List<String> notes = new ArrayList<>();
    new Training(data)
        .progress(noting(notes))
        .run(place, "plain", settings("train.evaluateEvery=5"));
    Map<Long, Double> scores = scores(place);
    assertEquals(List.of(5L, 10L, 12L), List.copyOf(scores.keySet()));
    double best = scores.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    assertTrue(scores.get(12L) < best, "the last is the best, which shows nothing: " + scores);
    assertEquals(best, evaluated(place, data, KeptWeights.BEST), 0);
    assertEquals(scores.get(12L), evaluated(place, data, KeptWeights.LAST), 0);
    assertTrue(notes.stream().anyMatch(note -> note.contains("of 12 are kept")), "" + notes);

    new Training(data).run(folder.resolve("bare"), "plain", settings());
    Map<String, float[]> bare = weights(folder.resolve("bare"));
    weights(place).forEach((name, values) -> assertArrayEquals(bare.get(name), values, name));
    assertFalse(Files.exists(folder.resolve("bare").resolve(BestCheckpoint.NAME)));

    ValidationFile.Content kept = ValidationFile.read(place.resolve(ValidationFile.NAME));
    assertEquals(Protocol.ACTIVITYNET, kept.protocol());
    assertEquals(List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7), kept.tious());
    assertEquals("subset val: 6 recordings", kept.subset());
    assertEquals(6, kept.recordings().size());
    assertEquals(3, kept.evaluations().size());
    assertEquals(best, kept.kept().orElseThrow().average(), 0);
    assertTrue(kept.kept().orElseThrow().classification() > 0.3);
    assertEquals(List.of(), kept.endedEarly());
    EvaluationFile.About about = EvaluationFile.read(place.resolve(RunFolder.EVALUATION)).about();
    assertEquals("test", about.subset());
    assertEquals("best, after step " + kept.kept().orElseThrow().total(), about.weights());
  }

  /** What {@code kairos evaluate} makes of the subset val. */
  private static double evaluated(Path place, Dataset data, KeptWeights which) throws IOException {
    RunFolder run = RunFolder.open(place);
    try (Engine engine = Engine.open("cpu", 2)) {
      Experiment experiment = Experiment.open(run, Methods.of(run), engine, which, List.of());
      double[] tious = Thresholds.parse("0.1:0.1:0.7");
      var scored = ScoredSubset.of(experiment, data, "val", tious, Progress.NONE);
      return scored.result().orElseThrow().average();
    }
  }

  private static Progress noting(List<String> notes) {
    return new Progress() {
      @Override
      public void start(String task, long total) {}

      @Override
      public void step(long done, double loss) {}

      @Override
      public void note(String message) {
        notes.add(message);
      }

      @Override
      public void finish() {}
    };
  }

  @Test
  void stoppedAnywhereItGoesOnToTheSameBits() throws IOException {
    Dataset data = Waves.dataset("train", "test");
    String[] held = settings("train.evaluateEvery=3", "train.heldOut=0.4");
    for (String method : List.of("plain", "basnet")) {
      String[] words = method.equals("plain") ? held : basnet(held);
      Path whole = folder.resolve(method);
      new Training(data).run(whole, method, words);
      assertEquals(4, scores(whole).size());
      for (int every : new int[] {1, 4}) {
        Path stopped = folder.resolve(method + every);
        Training.Outcome outcome =
            new Training(data).options(stopAt(every)).run(stopped, method, words);
        int stops = 0;
        while (outcome.ended() == TrainingLoop.Ended.STOPPED) {
          outcome = new Training(data).options(stopAt(every)).resume(stopped);
          stops++;
        }
        assertTrue(stops >= 2, "stops: " + stops);
        for (String file :
            List.of(
                RunFolder.CHECKPOINT,
                RunFolder.METRICS,
                BestCheckpoint.NAME,
                ValidationFile.NAME,
                RunFolder.DETECTIONS,
                RunFolder.EVALUATION)) {
          assertArrayEquals(
              Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(stopped.resolve(file)));
        }
      }
    }
  }

  @Test
  void whoWaitsInVainEndsEarlyAndDoesNotGoOn() throws IOException {
    Dataset data = Waves.dataset("train", "val", "test");
    String[] words = settings("train.evaluateEvery=1", "train.patience=2");
    words[0] = "steps=40";
    Path place = folder.resolve("run");
    List<String> notes = new ArrayList<>();
    Training.Outcome outcome =
        new Training(data).progress(noting(notes)).run(place, "plain", words);
    assertEquals(TrainingLoop.Ended.FINISHED, outcome.ended());
    List<Long> steps = List.copyOf(scores(place).keySet());
    long last = steps.get(steps.size() - 1);
    assertTrue(last < 40, "it never ended early: " + steps);
    ValidationFile.Content kept = ValidationFile.read(place.resolve(ValidationFile.NAME));
    assertEquals(List.of("plain"), kept.endedEarly());
    assertEquals(last - 2, kept.kept().orElseThrow().step());
    assertEquals(last, RunFolder.open(place).position().step());
    assertTrue(RunFolder.open(place).position().finished());
    String said = "ended early, after 2 evaluations without a better one";
    assertTrue(notes.stream().anyMatch(note -> note.contains(said)), "" + notes);

    byte[] before = Files.readAllBytes(place.resolve(RunFolder.CHECKPOINT));
    assertEquals(TrainingLoop.Ended.FINISHED_BEFORE, new Training(data).resume(place).ended());
    assertArrayEquals(before, Files.readAllBytes(place.resolve(RunFolder.CHECKPOINT)));

    Path stopped = folder.resolve("stopped");
    outcome = new Training(data).options(stopAt(1)).run(stopped, "plain", words);
    while (outcome.ended() == TrainingLoop.Ended.STOPPED) {
      outcome = new Training(data).options(stopAt(1)).resume(stopped);
    }
    assertArrayEquals(before, Files.readAllBytes(stopped.resolve(RunFolder.CHECKPOINT)));
  }

  @Test
  void whatFollowsFromTheCheckpointComesBack() throws IOException {
    Dataset data = Waves.dataset("train", "val");
    Path place = folder.resolve("run");
    new Training(data).run(place, "plain", settings("train.evaluations=4"));
    byte[] best = Files.readAllBytes(place.resolve(BestCheckpoint.NAME));
    Files.delete(place.resolve(BestCheckpoint.NAME));
    Files.delete(place.resolve(ValidationFile.NAME));
    var unused = new Training(data).resume(place);
    assertArrayEquals(best, Files.readAllBytes(place.resolve(BestCheckpoint.NAME)));
    assertEquals(4, ValidationFile.read(place.resolve(ValidationFile.NAME)).evaluations().size());
    Files.write(place.resolve(BestCheckpoint.NAME), new byte[] {1, 2, 3});
    try (Engine engine = Engine.open("cpu", 1)) {
      RunFolder run = RunFolder.open(place);
      assertThrows(DataFormatException.class, () -> Experiment.open(run, Methods.of(run), engine));
    }
  }

  private static String[] basnet(String[] plain) {
    List<String> words = new ArrayList<>(List.of(plain));
    words.add("filterHidden=4");
    return words.toArray(String[]::new);
  }

  private static TrainingLoop.Options stopAt(int steps) {
    AtomicInteger asked = new AtomicInteger();
    return new TrainingLoop.Options(
        0, Double.POSITIVE_INFINITY, () -> asked.incrementAndGet() == steps);
  }

  @Test
  void whatIsHeldOutIsNeverTrainedOn() throws IOException {
    Dataset data = Waves.dataset("train");
    String[] once = settings("train.evaluateEvery=12", "train.heldOut=0.4"); // after the last alone
    new Training(data).run(folder.resolve("a"), "plain", once);
    List<String> heldOut = drawn(data, "a");
    assertEquals(2, heldOut.size());
    new Training(changed(data, heldOut)).run(folder.resolve("b"), "plain", once);
    assertEquals(heldOut, drawn(data, "b"));
    List<String> learned = data.recordings().stream().map(Recording::id).toList();
    learned = learned.stream().filter(id -> !heldOut.contains(id)).toList();
    new Training(changed(data, learned.subList(0, 1))).run(folder.resolve("c"), "plain", once);
    Map<String, float[]> weights = weights(folder.resolve("a"));
    boolean differs = false;
    for (String name : weights.keySet()) {
      assertArrayEquals(weights.get(name), weights(folder.resolve("b")).get(name), name);
      differs |=
          !java.util.Arrays.equals(weights.get(name), weights(folder.resolve("c")).get(name));
    }
    assertTrue(differs);
  }

  /** Which recordings a run held out. */
  private List<String> drawn(Dataset data, String run) throws IOException {
    RunFolder opened = RunFolder.open(folder.resolve(run));
    assertNotEquals(Map.of(), scores(opened.path()));
    HeldOutOptions options = options(12, 0.4, "val");
    RandomKey key = new RandomKey(5, new RandomKey(0, 0).child("plain").stream());
    return HeldOut.of(options, new TrainingData(data, "train", 1 << 20), key).ids();
  }

  /** Other features for some recordings. */
  private static Dataset changed(Dataset data, List<String> ids) throws IOException {
    Map<Recording, FeatureSequence> features = new LinkedHashMap<>();
    for (Recording recording : data.recordings()) {
      FeatureSequence own = data.features(recording);
      float[][] rows = new float[own.length()][own.width()];
      for (int t = 0; t < rows.length; t++) {
        own.copyRow(t, rows[t], 0);
        if (ids.contains(recording.id())) {
          rows[t][t % own.width()] += 3;
        }
      }
      features.put(recording, FeatureSequence.of(rows));
    }
    return Dataset.of(Waves.ABOUT, features);
  }

  @Test
  void whatCannotBeScoredIsRefused() throws IOException {
    Dataset data = Waves.dataset("train");
    for (String wrong :
        List.of(
            "train.heldOut=0",
            "train.heldOut=1",
            "train.heldOutSubset=test",
            "train.patience=-1",
            "train.evaluateAt=0.5:2",
            "train.heldOutBy=day")) {
      assertThrows(
          ConfigException.class,
          () -> new Training(data).run(folder.resolve("no"), "plain", settings(wrong)));
      assertFalse(Files.exists(folder.resolve("no")));
    }
    Map<Recording, FeatureSequence> one = new LinkedHashMap<>();
    Recording first = data.recordings().get(0);
    one.put(first, data.features(first));
    TrainingData alone = new TrainingData(Dataset.of(Waves.ABOUT, one), "train", 1 << 20);
    assertThrows(ConfigException.class, () -> HeldOut.of(THIRD, alone, KEY));
  }

  @Test
  void anEpochIsWhatTheOrderSays() throws IOException {
    Dataset data = Waves.dataset("train", "val");
    TrainingData all = new TrainingData(data, "train", 1 << 20);
    EpochOrder order = new EpochOrder(6, 4, EpochOrder.Rest.SMALLER, KEY); // two steps an epoch
    assertEquals(List.of(3L, 7L, 9L), evaluated(options(2, 0.5, "val"), all, order));
    HeldOutOptions thrice = new HeldOutOptions(0, 3, 0.5, "val", true, 0, "0.5");
    assertEquals(List.of(3L, 7L, 9L), evaluated(thrice, all, order)); // of five epochs
    assertEquals(List.of(3L, 7L, 9L), evaluated(thrice, all, null)); // of ten steps, every fourth
    HeldOutOptions often = new HeldOutOptions(0, 99, 0.5, "val", true, 0, "0.5");
    assertEquals(10, evaluated(often, all, null).size());
  }

  /** After which of ten steps there is an evaluation. */
  private static List<Long> evaluated(
      HeldOutOptions options, TrainingData all, @Nullable EpochOrder order) {
    HeldOut heldOut = HeldOut.of(options, all, KEY);
    try (Engine engine = Engine.open("cpu", 1)) {
      Parameters parameters = new Parameters(engine, KEY);
      Idle idle = new Idle(10, new Adam(parameters, Adam.Options.defaults()), order);
      Model model =
          Model.of(
              parameters, training -> List.of(idle), new ByLength(Waves.dataset("train", "val")));
      Stage stage = heldOut.watched(model).get(0);
      List<Long> evaluated = new ArrayList<>();
      for (long step = 0; step < stage.steps(); step++) {
        Map<String, Double> metrics = stage.step(step);
        assertEquals((double) step, metrics.get("loss"));
        if (metrics.containsKey("validation/mAP")) {
          assertTrue(metrics.get("validation/mAP") > 0, "" + metrics);
          evaluated.add(step);
        }
      }
      return evaluated;
    }
  }

  /** A stage whose steps do nothing. */
  private record Idle(long steps, Optimizer optimizer, @Nullable EpochOrder order)
      implements Stage {
    @Override
    public StepPosition position(long step) {
      return order == null ? StepPosition.of(step) : order.position(step);
    }

    @Override
    public String name() {
      return "idle";
    }

    @Override
    public Step prepare(long step) {
      return progress -> Map.of("loss", (double) step);
    }
  }

  /** Finds what is annotated in the recordings of that length. */
  private record ByLength(Dataset data) implements Localizer {
    @Override
    public Prediction predict(FeatureSequence features) {
      return new Prediction(new double[2], Map.of(), List.of());
    }

    @Override
    public List<Detection> detections(Prediction prediction, SnippetGrid grid) {
      return data.subset("val").stream()
          .filter(recording -> recording.duration() == grid.length())
          .flatMap(recording -> recording.instances().stream())
          .map(action -> new Detection(action.label(), action.segment(), 0.5))
          .toList();
    }
  }
}
