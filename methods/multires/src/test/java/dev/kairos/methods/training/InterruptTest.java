// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.basnet.Basnet;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.multires.Multires;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An interrupt of the thread that trains loses nothing: saved, stopped, and the same bits after.
 */
class InterruptTest {
  private static final List<String> BASNET =
      List.of("segments=16", "batch=2", "steps=9", "filterHidden=4", "hidden=8");
  private static final List<String> MULTIRES =
      List.of(
          "segments=16",
          "ilg.filterHidden=4",
          "ilg.hidden=8",
          "ilg.batch=2",
          "ilg.steps=4",
          "labels.action=0.2",
          "labels.background=0.3",
          "ptlr.hidden=4",
          "ptlr.batch=2",
          "ptlr.stages=2",
          "ptlr.steps=3");

  @TempDir Path parent;

  /**
   * Interrupts its own thread whenever something is reported, which is between all kinds of work.
   */
  private static final class Interrupting implements Progress {
    private final int every;
    private int reports;

    Interrupting(int every) {
      this.every = every;
    }

    private void report() {
      if (++reports % every == 0) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void start(String task, long total) {}

    @Override
    public void step(long done, double loss) {
      report();
    }

    @Override
    public void note(String message) {
      report();
    }

    @Override
    public void finish() {}
  }

  private Dataset dataset() throws IOException {
    Path folder = parent.resolve("data");
    if (!Files.exists(folder)) {
      ThumosLikeGenerator.write(folder, new ThumosLikeOptions(4, 2, 6, 1, 20, 40, 8, 8, 0.5, 0.2));
    }
    return Dataset.open(folder);
  }

  private static Experiment experiment(
      Method method, Dataset dataset, List<String> settings, Engine engine) throws IOException {
    Settings chosen = Experiment.settings(method, dataset.description(), "none", null, settings);
    return new Experiment(method, dataset.description(), chosen, 1, engine);
  }

  private Path undisturbed(Method method, List<String> settings) throws IOException {
    Dataset dataset = dataset();
    try (Engine engine = Engine.open("cpu", 1)) {
      Experiment experiment = experiment(method, dataset, settings, engine);
      RunFolder run = experiment.create(parent.resolve("undisturbed"), dataset, null);
      TrainingData data = new TrainingData(dataset, "train", 0);
      var options = TrainingLoop.Options.defaults();
      assertEquals(
          TrainingLoop.Ended.FINISHED, experiment.train(run, data, options, Progress.NONE));
      return run.path();
    }
  }

  private void assertInterruptsChangeNothing(Method method, List<String> settings, int every)
      throws IOException {
    Path expected = undisturbed(method, settings);
    Dataset dataset = dataset();
    Path out = parent.resolve("interrupted");
    int stops = 0;
    TrainingLoop.Ended ended = TrainingLoop.Ended.STOPPED;
    while (ended == TrainingLoop.Ended.STOPPED && stops < 40) {
      try (Engine engine = Engine.open("cpu", 1)) {
        Experiment experiment = experiment(method, dataset, settings, engine);
        RunFolder run =
            RunFolder.exists(out) ? RunFolder.open(out) : experiment.create(out, dataset, null);
        long before = run.position().total();
        TrainingData data = new TrainingData(dataset, "train", 0);
        var options = TrainingLoop.Options.defaults();
        ended = experiment.train(run, data, options, new Interrupting(every));
        if (ended == TrainingLoop.Ended.STOPPED) {
          assertTrue(Thread.interrupted(), "whoever waits for it must see it");
          assertTrue(run.position().total() > before, "a step at least, and none is lost");
          stops++;
        }
        Thread.interrupted();
      }
    }
    assertEquals(TrainingLoop.Ended.FINISHED, ended);
    assertTrue(stops > 1, "interrupted " + stops + " times");
    for (String name : files(expected)) {
      assertArrayEquals(
          Files.readAllBytes(expected.resolve(name)), Files.readAllBytes(out.resolve(name)), name);
    }
    assertEquals(files(expected), files(out));
  }

  private static List<String> files(Path run) throws IOException {
    try (var all = Files.walk(run)) {
      List<String> names = new ArrayList<>();
      all.filter(Files::isRegularFile)
          .map(file -> run.relativize(file).toString())
          .filter(name -> !name.startsWith("events.") && !name.equals("provenance.json"))
          .filter(name -> !name.equals(".lock"))
          .sorted()
          .forEach(names::add);
      return names;
    }
  }

  /** Before the first step: next to nothing is trained, and nothing is wrong with the run. */
  @Test
  void beforeTheFirstStep() throws IOException {
    Path expected = undisturbed(new Basnet(), BASNET);
    Dataset dataset = dataset();
    try (Engine engine = Engine.open("cpu", 1)) {
      Experiment experiment = experiment(new Basnet(), dataset, BASNET, engine);
      RunFolder run = experiment.create(parent.resolve("interrupted"), dataset, null);
      TrainingData data = new TrainingData(dataset, "train", 0);
      var options = TrainingLoop.Options.defaults();
      Thread.currentThread().interrupt();
      assertEquals(TrainingLoop.Ended.STOPPED, experiment.train(run, data, options, Progress.NONE));
      assertTrue(Thread.interrupted());
      assertTrue(run.position().total() <= 1, "the step whose data were there may be done");
      assertEquals(
          TrainingLoop.Ended.FINISHED, experiment.train(run, data, options, Progress.NONE));
      assertArrayEquals(
          Files.readAllBytes(expected.resolve(RunFolder.CHECKPOINT)),
          Files.readAllBytes(run.file(RunFolder.CHECKPOINT)));
    }
  }

  @Test
  void afterEveryStep() throws IOException {
    assertInterruptsChangeNothing(new Basnet(), BASNET, 1);
  }

  @Test
  void afterEveryThirdReport() throws IOException {
    assertInterruptsChangeNothing(new Basnet(), BASNET, 3);
  }

  @Test
  void inAllStages() throws IOException {
    assertInterruptsChangeNothing(new Multires(), MULTIRES, 2);
  }

  /** An interrupt that comes while a file is written: the work is done again. */
  @Test
  void inTheMiddleOfWriting() throws IOException {
    Path file = parent.resolve("x");
    int[] tries = new int[1];
    Uninterrupted.run(
        () -> {
          tries[0]++;
          if (tries[0] < 3) {
            Thread.currentThread().interrupt();
          }
          AtomicFiles.writeString(file, "whole");
        });
    assertEquals(3, tries[0]);
    assertEquals("whole", Files.readString(file));
    assertTrue(Thread.interrupted(), "the interrupt is still to be seen");
    IOException other = new IOException("disk full");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                Uninterrupted.run(
                    () -> {
                      throw other;
                    }));
    assertEquals(other, thrown);
  }
}
