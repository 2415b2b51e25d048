// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetWriter;
import dev.kairos.methods.evaluation.SeedScores;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  private static final List<String> SAME =
      List.of(RunFolder.CONFIG, RunFolder.CHECKPOINT, RunFolder.DETECTIONS, RunFolder.EVALUATION);

  @TempDir private Path folder;

  private static TrainingLoop.Options stopAt(int steps) {
    AtomicInteger asked = new AtomicInteger();
    return new TrainingLoop.Options(
        0, Double.POSITIVE_INFINITY, () -> asked.incrementAndGet() >= steps);
  }

  private void assertSameRun(Path one, Path two) throws IOException {
    for (String file : SAME) {
      assertArrayEquals(
          Files.readAllBytes(one.resolve(file)), Files.readAllBytes(two.resolve(file)), file);
    }
  }

  @Test
  void trainsFromMemoryAsFromTheFolderWrittenOfIt() throws IOException {
    Dataset memory = Waves.dataset("train", "test");
    Path written = folder.resolve("data");
    DatasetWriter.write(
        written, Waves.ABOUT, memory.recordings(), (r, s) -> memory.features(r, s.name()));
    Training.Outcome outcome = new Training(memory).run(folder.resolve("a"), "plain", Waves.QUICK);
    assertEquals(TrainingLoop.Ended.FINISHED, outcome.ended());
    assertTrue(outcome.isComplete());
    assertEquals(6, outcome.found().size());
    assertEquals(List.of(), outcome.notes());
    var other = new Training(Dataset.open(written)).run(folder.resolve("b"), "plain", Waves.QUICK);
    assertArrayEquals(outcome.result().orElseThrow().map(), other.result().orElseThrow().map());
    assertSameRun(folder.resolve("a"), folder.resolve("b"));
  }

  @Test
  void seedsGiveMeanAndDeviationAndGoOnWhereTheyWereStopped() throws IOException {
    Dataset data = Waves.dataset("train", "test");
    Path place = folder.resolve("seeds");
    String[] settings = Arrays.copyOf(Waves.QUICK, Waves.QUICK.length - 1); // no seed
    assertTrue(
        new Training(data).options(stopAt(15)).runSeeds(place, 3, 2, "plain", settings).isEmpty());
    assertFalse(Files.exists(place.resolve(SeedScores.FILE_NAME)));
    SeedScores scores = new Training(data).runSeeds(place, 3, 2, "plain", settings).orElseThrow();
    assertEquals(List.of(3L, 4L), List.copyOf(scores.scores().keySet()));
    Training.Outcome fourth =
        new Training(data).run(folder.resolve("4"), "plain", and(settings, "seed=4"));
    double average = fourth.result().orElseThrow().average();
    double[] own = scores.scores().get(4L);
    assertEquals(average, own[own.length - 1]);
    double[] other = scores.scores().get(3L);
    double mean = (average + other[own.length - 1]) / 2;
    assertEquals(mean, scores.mean()[own.length - 1], 1e-12);
    assertEquals(
        Math.abs(average - mean) * Math.sqrt(2), scores.deviation()[own.length - 1], 1e-12);
    assertTrue(Files.exists(place.resolve(SeedScores.FILE_NAME)));
    assertSameRun(folder.resolve("4"), place.resolve("seed-4"));
  }

  private static String[] and(String[] settings, String more) {
    String[] all = Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = more;
    return all;
  }

  @Test
  void stoppedAnywhereItGoesOnToTheSameBits() throws IOException {
    Dataset data = Waves.dataset("train", "test");
    new Training(data).run(folder.resolve("whole"), "basnet", quickBasnet());
    // The seventh stop is asked of in training, the later ones while it localises.
    for (int stop : new int[] {1, 7, 13, 15, 18}) {
      Path place = folder.resolve("stopped-" + stop);
      Training.Outcome stopped =
          new Training(data).options(stopAt(stop)).run(place, "basnet", quickBasnet());
      assertFalse(stopped.isComplete(), "stop " + stop);
      assertEquals(
          stop <= 12 ? TrainingLoop.Ended.STOPPED : TrainingLoop.Ended.FINISHED, stopped.ended());
      Training.Outcome resumed = new Training(data).resume(place);
      assertTrue(resumed.isComplete());
      assertSameRun(folder.resolve("whole"), place);
    }
  }

  private static String[] quickBasnet() {
    return new String[] {
      "steps=12", "segments=16", "batch=4", "hidden=8", "filterHidden=8", "seed=5"
    };
  }

  @Test
  void whatIsDoneIsScoredAgainWithoutLocalising() throws IOException {
    Dataset data = Waves.dataset("train", "test");
    Path place = folder.resolve("run");
    var first = new Training(data).run(place, "plain", Waves.QUICK);
    List<String> tasks = new ArrayList<>();
    var again = new Training(data).tious(0.5).progress(noting(tasks)).resume(place);
    assertEquals(TrainingLoop.Ended.FINISHED_BEFORE, again.ended());
    assertEquals(List.of(place + ": training was finished before"), tasks);
    assertEquals(first.result().orElseThrow().map()[4], again.result().orElseThrow().map()[0]);
  }

  @Test
  void anInterruptWhileItReadsToLocaliseLosesNothing() throws IOException {
    Dataset memory = Waves.dataset("train", "test");
    Path written = folder.resolve("data");
    DatasetWriter.write(
        written, Waves.ABOUT, memory.recordings(), (r, s) -> memory.features(r, s.name()));
    Dataset data = Dataset.open(written);
    Path place = folder.resolve("run");
    List<String> tasks = new ArrayList<>();
    Progress interrupting =
        new InterruptingProgress(noting(tasks), "localize", Thread.currentThread());
    var stopped = new Training(data).progress(interrupting).run(place, "plain", Waves.QUICK);
    assertTrue(Thread.interrupted());
    assertFalse(stopped.isComplete());
    assertEquals(TrainingLoop.Ended.FINISHED, stopped.ended());
    new Training(data).run(folder.resolve("whole"), "plain", Waves.QUICK);
    assertTrue(new Training(data).resume(place).isComplete());
    assertSameRun(folder.resolve("whole"), place);
  }

  /** Interrupts a thread when a task begins. */
  private record InterruptingProgress(Progress next, String task, Thread thread)
      implements Progress {
    @Override
    public void start(String name, long total) {
      next.start(name, total);
      if (name.equals(task)) {
        thread.interrupt();
      }
    }

    @Override
    public void step(long done, double loss) {
      next.step(done, loss);
    }

    @Override
    public void note(String message) {
      next.note(message);
    }

    @Override
    public void finish() {
      next.finish();
    }
  }

  @Test
  void tellsHowFarItIs() throws IOException {
    List<String> tasks = new ArrayList<>();
    new Training(Waves.dataset("train", "test"))
        .progress(noting(tasks))
        .run(folder.resolve("run"), "plain", Waves.QUICK);
    assertEquals(List.of("start plain 12", "start localize 6"), tasks);
  }

  private static Progress noting(List<String> tasks) {
    return new Progress() {
      @Override
      public void start(String task, long total) {
        tasks.add("start " + task + " " + total);
      }

      @Override
      public void step(long done, double loss) {}

      @Override
      public void note(String message) {
        tasks.add(message);
      }

      @Override
      public void finish() {}
    };
  }

  @Test
  void withoutSubsetTestNothingIsScoredAndThatIsSaid() throws IOException {
    var outcome =
        new Training(Waves.dataset("train")).run(folder.resolve("run"), "plain", Waves.QUICK);
    assertTrue(outcome.isComplete());
    assertTrue(outcome.result().isEmpty());
    assertTrue(outcome.notes().get(0).contains("no subset test"), outcome.notes().toString());
  }

  @Test
  void whatCannotBeTrainedLeavesNoFolder() {
    Path place = folder.resolve("run");
    Dataset data = Waves.dataset("train");
    assertThrows(ConfigException.class, () -> new Training(data).run(place, "plane"));
    assertThrows(ConfigException.class, () -> new Training(data).run(place, "plain", "stepps=1"));
    Dataset untrained = Waves.dataset("test");
    assertThrows(
        DataFormatException.class, () -> new Training(untrained).run(place, "plain", Waves.QUICK));
    assertFalse(Files.exists(place));
  }

  @Test
  void otherDataAreRefusedOrToldOf() throws IOException {
    Path place = folder.resolve("run");
    new Training(Waves.dataset("train")).options(stopAt(3)).run(place, "plain", Waves.QUICK);
    List<String> warnings = new ArrayList<>();
    var resumed =
        new Training(Waves.dataset("train", "test")).warnings(warnings::add).resume(place);
    assertTrue(resumed.isComplete());
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains("waves"), warnings.toString());
  }
}
