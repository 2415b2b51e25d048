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
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.run.MetricsLog;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.methods.training.EpochOrder;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.HeldOut;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.Stage;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldOutTest {
  private static final RandomKey KEY = new RandomKey(5, 0);
  private static final HeldOut.Options THIRD =
      new HeldOut.Options(4, 0.34, HeldOut.Options.VALIDATION, List.of(0.5));

  @TempDir private Path folder;

  private static String[] settings(String... more) {
    List<String> all = new ArrayList<>(List.of(Waves.QUICK));
    all.add("learningRate=0.05"); // so that it gets worse now and then
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static Map<Long, Double> scores(Path run) throws IOException {
    Map<Long, Double> scores = new LinkedHashMap<>();
    for (MetricsLog.Entry entry : MetricsLog.read(run.resolve(RunFolder.METRICS))) {
      Double score = entry.values().get("heldOut");
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

  private static List<String> sorted(List<String> names) {
    return names.stream().sorted().toList();
  }

  @Test
  void theSubsetValIsTakenWhereThereIsOne() {
    TrainingData all = new TrainingData(Waves.dataset("train", "val"), "train", 1 << 20);
    HeldOut heldOut = HeldOut.of(THIRD, all, KEY);
    assertEquals(List.of("val0", "val1", "val2", "val3", "val4", "val5"), heldOut.ids());
    assertEquals(all, heldOut.training());
    HeldOut share = HeldOut.of(new HeldOut.Options(1, 0.5, "", List.of(0.5)), all, KEY);
    assertEquals(3, share.training().size());
    assertTrue(share.ids().stream().allMatch(id -> id.startsWith("train")), "" + share.ids());
    HeldOut.Options other = new HeldOut.Options(1, 0.5, "dev", List.of(0.5));
    assertThrows(DataFormatException.class, () -> HeldOut.of(other, all, KEY));
  }

  @Test
  void offItChangesNothing() throws IOException {
    TrainingData all = new TrainingData(Waves.dataset("train", "val"), "train", 1 << 20);
    HeldOut none = HeldOut.of(HeldOut.Options.never(), all, KEY);
    assertEquals(all, none.training());
    assertEquals(List.of(), none.ids());
    new Training(Waves.dataset("train", "val")).run(folder.resolve("run"), "plain", settings());
    assertEquals(Map.of(), scores(folder.resolve("run")));
  }

  @Test
  void theBestEvaluationIsTheOneThatIsKept() throws IOException {
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
    assertEquals(best, evaluated(place, data), 0);
    assertTrue(notes.stream().anyMatch(note -> note.contains("of 12 are kept")), "" + notes);
  }

  /** What {@code kairos evaluate} makes of the subset val. */
  private static double evaluated(Path place, Dataset data) throws IOException {
    RunFolder run = RunFolder.open(place);
    try (Engine engine = Engine.open("cpu", 2)) {
      Experiment experiment = Experiment.open(run, Methods.of(run), engine);
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
        for (String file : List.of(RunFolder.CHECKPOINT, RunFolder.METRICS)) {
          assertArrayEquals(
              Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(stopped.resolve(file)));
        }
      }
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
    HeldOut.Options options = new HeldOut.Options(12, 0.4, "val", List.of(0.5));
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
    for (String wrong : List.of("train.heldOut=0", "train.heldOut=1", "train.heldOutSubset=test")) {
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
  void anEpochIsWhatTheOrderSays() {
    Dataset data = Waves.dataset("train", "val");
    HeldOut heldOut =
        HeldOut.of(
            new HeldOut.Options(2, 0.5, "val", List.of(0.5)),
            new TrainingData(data, "train", 1 << 20),
            KEY);
    EpochOrder order = new EpochOrder(6, 4, EpochOrder.Rest.SMALLER, KEY); // two steps an epoch
    try (Engine engine = Engine.open("cpu", 1)) {
      Parameters parameters = new Parameters(engine, KEY);
      Idle idle = new Idle(order.steps(5), new Adam(parameters, Adam.Options.defaults()));
      Stage stage = heldOut.watch(idle, parameters, new ByLength(data), order);
      List<Long> evaluated = new ArrayList<>();
      for (long step = 0; step < stage.steps(); step++) {
        Map<String, Double> metrics = stage.step(step);
        assertEquals((double) step, metrics.get("loss"));
        if (metrics.containsKey("heldOut")) {
          assertTrue(metrics.get("heldOut") > 0, "" + metrics);
          evaluated.add(step);
        }
      }
      assertEquals(List.of(3L, 7L, 9L), evaluated);
    }
  }

  /** A stage whose steps do nothing. */
  private record Idle(long steps, Optimizer optimizer) implements Stage {
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
