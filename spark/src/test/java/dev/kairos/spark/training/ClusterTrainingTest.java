// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.pipeline.Training;
import dev.kairos.methods.pipeline.TrainingWork;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.spark.harness.Master;
import dev.kairos.spark.jobs.SparkUsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTrainingTest {
  private static final double WAIT_SECONDS = 60;
  private static final String BASNET =
      "basnet segments=16 filterHidden=4 hidden=8 batch=5 steps=8 seed=3 train.evaluateEvery=4"
          + " train.heldOut=0.4 train.heldOutBy=recording train.shards=4";
  private static final String GAUFUSE =
      "gaufuse hidden=8 epochs=30 batch=4 memory.from=5 classThreshold=0.05 useAttention=false"
          + " activationThresholds=0.1,0.3,0.5 train.evaluateEvery=0 train.shards=4";

  @TempDir Path parent;
  private Path data = Path.of("");

  @BeforeEach
  void write() throws IOException {
    data = parent.resolve("data");
    ThumosLikeGenerator.write(data, new ThumosLikeOptions(5, 2, 8, 2, 20, 30, 8, 8, 0.5, 0.2));
  }

  private Path train(String name, String words, TrainingWork work, Progress progress)
      throws IOException {
    List<String> settings = new ArrayList<>(List.of(words.split(" ")));
    String method = settings.remove(0);
    Path run = parent.resolve(name);
    Training training =
        new Training(Dataset.open(data))
            .by(work)
            .progress(progress)
            .options(new TrainingLoop.Options(0.2, Double.POSITIVE_INFINITY, () -> false));
    assertTrue(
        training.run(run, method, settings.toArray(String[]::new)).isComplete(), "not complete");
    return run;
  }

  private static void assertSame(Path expected, Path run) throws IOException {
    for (String file :
        List.of(RunFolder.CHECKPOINT, RunFolder.METRICS, RunFolder.DETECTIONS, RunFolder.CONFIG)) {
      assertArrayEquals(
          Files.readAllBytes(expected.resolve(file)),
          Files.readAllBytes(run.resolve(file)),
          run + ": " + file);
    }
  }

  @Test
  void anyNumberOfWorkersGivesTheWeightsOfThePlainCommand() throws IOException {
    Path basnet = train("basnet", BASNET, TrainingWork.HERE, Progress.NONE);
    Path gaufuse = train("gaufuse", GAUFUSE, TrainingWork.HERE, Progress.NONE);
    Path generations = gaufuse.resolve("stages/gaufuse/generations.json");
    assertTrue(Files.readString(generations).split("\"number\"", -1).length > 3, "renewals");
    try (SparkSession session = Master.open("local[4]", Map.of())) {
      for (int workers : new int[] {1, 2, 4}) {
        ClusterTraining work = new ClusterTraining(() -> session, workers, WAIT_SECONDS);
        assertSame(basnet, train("basnet" + workers, BASNET, work, Progress.NONE));
        assertSame(gaufuse, train("gaufuse" + workers, GAUFUSE, work, Progress.NONE));
      }
      assertThrows(
          SparkUsageException.class,
          () ->
              train(
                  "five",
                  BASNET,
                  new ClusterTraining(() -> session, 5, WAIT_SECONDS),
                  Progress.NONE));
    }
  }

  /** Kills the process of an executor as soon as something of the run is saved. */
  private static final class Killing implements Progress {
    private final AtomicInteger lost = new AtomicInteger();
    private boolean killed;
    private boolean saysLoss;

    @Override
    public void start(String task, long total) {}

    @Override
    public void step(long done, double loss) {
      saysLoss |= loss > 0; // what is localised afterwards has none
      if (done > 0 && !killed) {
        Optional<ProcessHandle> executor =
            ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().command().orElse("").endsWith("java"))
                .findFirst();
        killed = executor.map(ProcessHandle::destroyForcibly).orElse(false);
      }
    }

    @Override
    public void note(String message) {
      if (message.contains("lost a worker")) {
        lost.incrementAndGet();
      }
    }

    @Override
    public void finish() {}
  }

  @Test
  void aKilledExecutorCostsTimeAndNotResults() throws IOException {
    Map<String, String> quick =
        Map.of("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s");
    String longer = BASNET.replace("steps=8", "steps=600");
    String labelled = GAUFUSE.replace("epochs=30", "epochs=300");
    Path basnet = train("basnet", longer, TrainingWork.HERE, Progress.NONE);
    Path gaufuse = train("gaufuse", labelled, TrainingWork.HERE, Progress.NONE);
    try (SparkSession session = Master.open("local-cluster[2,1,1024]", quick)) {
      ClusterTraining work = new ClusterTraining(() -> session, 2, WAIT_SECONDS);
      Killing once = new Killing();
      assertSame(basnet, train("basnet2", longer, work, once));
      assertEquals(1, once.lost.get(), "executors that were lost");
      assertTrue(once.saysLoss, "a loss was shown");
      Killing again = new Killing();
      assertSame(gaufuse, train("gaufuse2", labelled, work, again));
      assertEquals(1, again.lost.get(), "executors that were lost");
    }
  }
}
