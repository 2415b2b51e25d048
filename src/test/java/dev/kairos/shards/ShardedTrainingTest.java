// SPDX-License-Identifier: Apache-2.0
package dev.kairos.shards;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.DivergedException;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.ShardWorkers;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.methods.training.WorkerLostException;
import dev.kairos.nn.Parameter;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class ShardedTrainingTest {
  private static final String BASNET =
      "basnet segments=16 filterHidden=4 hidden=8 batch=5 steps=6 train.evaluateEvery=3"
          + " train.heldOut=0.4 train.heldOutBy=recording";
  private static final String GAUFUSE =
      "gaufuse hidden=8 epochs=20 batch=3 memory.from=5 classThreshold=0.05 useAttention=false"
          + " activationThresholds=0.1,0.3,0.5 train.evaluateEvery=0";

  private static final String LABELLED =
      "gaufuse host=facnet hidden=8 epochs=20 batch=3 classThreshold=0.05 train.evaluateEvery=0";

  @TempDir Path parent;
  private Path data = Path.of("");

  @BeforeEach
  void write() throws IOException {
    data = parent.resolve("data");
    ThumosLikeGenerator.write(data, new ThumosLikeOptions(5, 2, 8, 1, 20, 30, 8, 8, 0.5, 0.2));
  }

  /** An experiment by {@code METHOD KEY=VALUE ..}. */
  private static Experiment experiment(Dataset dataset, Engine engine, String words, String... more)
      throws IOException {
    List<String> settings = new ArrayList<>(List.of(words.split(" ")));
    settings.addAll(List.of(more));
    Method method = Methods.named(settings.remove(0));
    Settings all = Experiment.settings(method, dataset.description(), "none", null, settings);
    return new Experiment(method, dataset.description(), all, all.integer("seed", 3), engine);
  }

  private static TrainingLoop.Options stopAfter(int steps) {
    int[] asked = new int[1];
    double never = Double.POSITIVE_INFINITY;
    return new TrainingLoop.Options(never, never, () -> ++asked[0] == steps);
  }

  private static void train(Path run, Experiment experiment, Dataset dataset, int stopAfter)
      throws IOException {
    RunFolder folder =
        RunFolder.exists(run) ? RunFolder.open(run) : RunFolder.create(run, experiment.config());
    var unused =
        experiment.train(
            folder,
            new TrainingData(dataset, "train", 1 << 20),
            stopAfter(stopAfter),
            Progress.NONE);
  }

  /** Trains by so many workers in a folder each, to the end or until so many steps are done. */
  private void train(String name, int workers, int threads, int stopAfter, String words)
      throws Exception {
    InProcessWorkers group = new InProcessWorkers(workers);
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int rank = 0; rank < workers; rank++) {
        Path run = parent.resolve(name + "-" + rank);
        ShardWorkers own = group.worker(rank);
        all.add(
            pool.submit(
                () -> {
                  Dataset dataset = Dataset.open(data);
                  try (Engine engine = Engine.open("cpu", threads)) {
                    train(
                        run, experiment(dataset, engine, words).sharedBy(own), dataset, stopAfter);
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void trainAlone(String name, int stopAfter, String words) throws IOException {
    Dataset dataset = Dataset.open(data);
    try (Engine engine = Engine.open("cpu", 1)) {
      train(parent.resolve(name), experiment(dataset, engine, words), dataset, stopAfter);
    }
  }

  private void assertSameRun(String expected, String run) throws IOException {
    for (String file : List.of(RunFolder.CHECKPOINT, RunFolder.METRICS)) {
      assertArrayEquals(
          Files.readAllBytes(parent.resolve(expected).resolve(file)),
          Files.readAllBytes(parent.resolve(run).resolve(file)),
          run + ": " + file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BASNET, GAUFUSE, LABELLED, BASNET + " batch=2"})
  void anyNumberOfWorkersGivesTheSameBits(String words) throws Exception {
    String sharded = words.replaceAll(" batch=\\d(?=.* batch=)", "") + " train.shards=4";
    trainAlone("alone", -1, sharded);
    for (int workers : new int[] {1, 2, 4}) {
      train("of" + workers, workers, workers, -1, sharded);
      for (int rank = 0; rank < workers; rank++) {
        assertSameRun("alone", "of" + workers + "-" + rank);
      }
    }
    train("stopped", 2, 1, 4, sharded);
    assertEquals(4, RunFolder.open(parent.resolve("stopped-0")).position().total());
    train("stopped", 2, 1, -1, sharded);
    assertSameRun("alone", "stopped-0");
    assertSameRun("alone", "stopped-1");
    trainAlone("aloneStopped", 5, sharded);
    trainAlone("aloneStopped", -1, sharded);
    assertSameRun("alone", "aloneStopped");
  }

  /** The gradients of the first step, by the name of the weight. */
  private Map<String, double[]> gradients(String words, String... more) throws IOException {
    Map<String, double[]> seen = new LinkedHashMap<>();
    ShardWorkers spy =
        new ShardWorkers() {
          @Override
          public boolean isOwn(int piece) {
            return true;
          }

          @Override
          public List<byte[]> all(String what, int pieces, IntFunction<byte[]> work) {
            return ShardWorkers.alone().all(what, pieces, work);
          }

          @Override
          public GradientSum sum(String what, Engine engine, List<Parameter> moved, int shards) {
            GradientSum sum = ShardWorkers.alone().sum(what, engine, moved, shards);
            return new GradientSum() {
              @Override
              public void add(int shard, Function<Parameter, Tensor> given) {
                sum.add(shard, given);
              }

              @Override
              public Function<Parameter, Tensor> total() {
                Function<Parameter, Tensor> total = sum.total();
                moved.forEach(p -> seen.putIfAbsent(p.name(), total.apply(p).toDoubles()));
                return total;
              }
            };
          }
        };
    Dataset dataset = Dataset.open(data);
    try (Engine engine = Engine.open("reference", 1)) {
      Experiment experiment = experiment(dataset, engine, words, more).sharedBy(spy);
      experiment
          .stages(experiment.heldOut(new TrainingData(dataset, "train", 1 << 20)))
          .get(0)
          .step(0);
    }
    return seen;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain segments=16 hidden=8 dropout=0",
        "plain segments=16 hidden=8 dropout=0 supervision=points",
        "basnet segments=16 filterHidden=4 hidden=8 dropout=0",
        "bm attentionHidden=8 segments=16",
        "wum hidden=8 segments=16 dropout=0 selectionDropout=0",
        "stpn hidden=8 segments=16 dropout=0",
        "facnet hidden=8 dropout=0",
        "rskp hidden=8 dropout=0 train.evaluateEvery=0",
      })
  void gradientsOfShardsAddUpToThoseOfTheBatch(String words) throws IOException {
    Map<String, double[]> whole = gradients(words, "batch=7", "train.shards=1");
    assertFalse(whole.isEmpty());
    for (int shards : new int[] {2, 4, 64}) {
      Map<String, double[]> parted = gradients(words, "batch=7", "train.shards=" + shards);
      assertEquals(whole.keySet(), parted.keySet());
      double largest = 0;
      for (Map.Entry<String, double[]> weight : whole.entrySet()) {
        assertArrayEquals(
            weight.getValue(), parted.get(weight.getKey()), 1e-9, weight.getKey() + shards);
        for (double value : weight.getValue()) {
          largest = Math.max(largest, Math.abs(value));
        }
      }
      assertTrue(largest > 1e-4, "gradients of nothing show nothing: " + largest);
    }
  }

  @Test
  void oneShardWithoutDropoutIsTheWholeBatch() throws IOException {
    trainAlone("off", -1, BASNET + " dropout=0");
    trainAlone("one", -1, BASNET + " dropout=0 train.shards=1");
    assertEquals(
        Files.readString(parent.resolve("off").resolve(RunFolder.METRICS)),
        Files.readString(parent.resolve("one").resolve(RunFolder.METRICS)));
    assertFalse(RunFolder.open(parent.resolve("off")).config().contains("shards"));
    assertTrue(RunFolder.open(parent.resolve("one")).config().contains("shards = 1"));
  }

  /** Masks are drawn by the shard, so shards of other sizes see others. */
  @Test
  void shardsHaveRandomMasksOfTheirOwn() throws IOException {
    trainAlone("two", -1, BASNET + " train.shards=2");
    trainAlone("again", -1, BASNET + " train.shards=2");
    trainAlone("four", -1, BASNET + " train.shards=4");
    assertSameRun("two", "again");
    assertFalse(
        Files.readString(parent.resolve("two").resolve(RunFolder.METRICS))
            .equals(Files.readString(parent.resolve("four").resolve(RunFolder.METRICS))));
  }

  @Test
  void aMethodWhoseBatchesDoNotPartSaysSo() throws IOException {
    Dataset dataset = Dataset.open(data);
    try (Engine engine = Engine.open("cpu", 1)) {
      for (String name : List.of("multires", "apn")) {
        ConfigException refused =
            assertThrows(
                ConfigException.class, () -> experiment(dataset, engine, name + " train.shards=2"));
        assertTrue(refused.getMessage().contains("train.shards"), refused.getMessage());
        assertTrue(refused.getMessage().contains(name), refused.getMessage());
      }
      assertThrows(
          IllegalStateException.class,
          () -> experiment(dataset, engine, BASNET).sharedBy(ShardWorkers.alone()));
    }
  }

  @Test
  void aLossThatIsNoNumberMovesNoWeight() throws IOException {
    Dataset dataset = Dataset.open(data);
    Map<Recording, FeatureSequence> huge = new LinkedHashMap<>();
    for (Recording recording : dataset.subset("train")) {
      float[] values = new float[20 * 16];
      Arrays.fill(values, Float.MAX_VALUE);
      huge.put(recording, FeatureSequence.of(20, 16, values));
    }
    Dataset overflowing = Dataset.of(dataset.description(), huge);
    try (Engine engine = Engine.open("cpu", 1)) {
      Experiment experiment = experiment(overflowing, engine, BASNET, "train.shards=3");
      double[] before = experiment.model().parameters().all().get(0).value().toDoubles();
      DivergedException diverged =
          assertThrows(
              DivergedException.class,
              () -> train(parent.resolve("diverged"), experiment, overflowing, -1));
      assertTrue(diverged.getMessage().contains("basnet"), diverged.getMessage());
      assertArrayEquals(before, experiment.model().parameters().all().get(0).value().toDoubles());
    }
  }

  /**
   * Fails the given number of calls later, as if another worker were gone, and does all till then.
   */
  private static ShardWorkers losing(int calls) {
    int[] left = {calls};
    Runnable count =
        () -> {
          if (left[0]-- == 0) {
            throw new WorkerLostException("worker 1 at nowhere is gone", null);
          }
        };
    return new ShardWorkers() {
      @Override
      public boolean isOwn(int piece) {
        return true;
      }

      @Override
      public List<byte[]> all(String what, int pieces, IntFunction<byte[]> work) {
        List<byte[]> all = ShardWorkers.alone().all(what, pieces, work);
        count.run();
        return all;
      }

      @Override
      public GradientSum sum(String what, Engine engine, List<Parameter> moved, int shards) {
        GradientSum sum = ShardWorkers.alone().sum(what, engine, moved, shards);
        return new GradientSum() {
          @Override
          public void add(int shard, Function<Parameter, Tensor> given) {
            sum.add(shard, given);
          }

          @Override
          public Function<Parameter, Tensor> total() {
            count.run();
            return sum.total();
          }
        };
      }
    };
  }

  /** Every step has two calls, one in {@code all} and one in {@code total}. */
  @Test
  void aLostWorkerRepeatsTheStepAndNothingElse() throws IOException {
    String words = GAUFUSE + " train.shards=3";
    trainAlone("whole", -1, words);
    Dataset dataset = Dataset.open(data);
    Path run = parent.resolve("lost");
    long before = 0;
    int losses = 0;
    try (Engine engine = Engine.open("cpu", 1)) {
      for (int calls = 5; ; calls += 2) {
        try {
          train(run, experiment(dataset, engine, words).sharedBy(losing(calls)), dataset, -1);
          break;
        } catch (WorkerLostException e) {
          losses++;
          long now = RunFolder.open(run).position().total();
          assertTrue(now > before, now + " steps saved, " + before + " before");
          before = now;
        }
      }
    }
    assertTrue(losses > 5, losses + " losses");
    Path generations = parent.resolve("whole/stages/gaufuse/generations.json");
    assertTrue(Files.readString(generations).split("\"number\"", -1).length > 3, "renewals");
    assertSameRun("whole", "lost");
  }
}
