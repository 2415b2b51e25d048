// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.KairosException;
import dev.kairos.methods.settings.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TrainerTest {
  private static final String CHECKPOINT = "checkpoint.safetensors";

  @TempDir private Path folder;

  @Test
  void memoryAndDiskGiveTheSameBits() throws IOException {
    MemoryRecordings steps = Steps.of(24);
    Path stored = folder.resolve("stored");
    Trained onDisk = Steps.trainer().store(stored).train(steps);
    Path saved = folder.resolve("saved");
    Trained inMemory = Steps.trainer().train(steps);
    inMemory.save(saved);
    assertTrue(inMemory.isComplete());
    assertEquals(onDisk.score(), inMemory.score());
    assertTrue(inMemory.score().orElseThrow() > 0.2, inMemory.score()::toString);
    assertEquals(onDisk.detections(), inMemory.detections());
    assertEquals(6, inMemory.detections().size());
    assertArrayEquals(
        Files.readAllBytes(stored.resolve(CHECKPOINT)),
        Files.readAllBytes(saved.resolve(CHECKPOINT)));
    float[][] features = steps.features(steps.recordings().get(3))[0];
    try (Localizer one = inMemory.localizer();
        Localizer two = Localizer.open(saved)) {
      assertEquals(one.localize(features), two.localize(features));
    }
    assertThrows(KairosException.class, () -> inMemory.save(saved));
  }

  static List<String> methods() {
    return Trainer.methods();
  }

  /** Several stages, labels that are renewed, memory banks: all without a disk. */
  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodTrainsInMemory(String method) throws IOException {
    MemoryRecordings data = new MemoryRecordings("thumos-like-quick", 0.64).streams("rgb", "flow");
    MemoryRecordings steps = Steps.of(8);
    for (Recording recording : steps.recordings()) {
      Action action = recording.actions().get(0);
      float[][] features = steps.features(recording)[0];
      Recording own =
          recording
              .duration(60 * 0.64)
              .actions(new Action(action.label(), action.start() * 0.64, action.end() * 0.64))
              .points(new Point(action.label(), (action.start() + 5) * 0.64));
      data.add(own, features, features);
    }
    AtomicInteger seen = new AtomicInteger();
    Trained trained =
        Trainer.of(method)
            .threads(1)
            .stopWhen(() -> seen.incrementAndGet() > 6) // whole trainings are tested elsewhere
            .train(data);
    assertFalse(trained.isComplete());
    try (Localizer localizer = trained.localizer()) {
      float[][][] features = data.features(data.recordings().get(0));
      assertEquals(localizer.localize(features), localizer.localize(features));
    }
  }

  @Test
  void severalStagesInMemory() throws IOException {
    MemoryRecordings data = new MemoryRecordings("thumos-like-quick", 1).streams("rgb", "flow");
    MemoryRecordings steps = Steps.of(8);
    for (Recording recording : steps.recordings()) {
      data.add(recording, steps.features(recording)[0], steps.features(recording)[0]);
    }
    Trained trained =
        Trainer.of("multires").set("ilg.steps", 3).set("ptlr.steps", 3).threads(1).train(data);
    assertTrue(trained.isComplete());
    assertTrue(trained.score().isPresent());
  }

  @Test
  void aStoppedRunGoesOnToTheSameBits() throws IOException {
    MemoryRecordings steps = Steps.of(24);
    Path whole = folder.resolve("whole");
    Steps.trainer().store(whole).train(steps);
    Path place = folder.resolve("stopped");
    AtomicInteger asked = new AtomicInteger();
    Trained stopped =
        Steps.trainer().store(place).stopWhen(() -> asked.incrementAndGet() == 20).train(steps);
    assertFalse(stopped.isComplete());
    assertTrue(stopped.score().isEmpty());
    assertTrue(Steps.trainer().store(place).train(steps).isComplete());
    assertArrayEquals(
        Files.readAllBytes(whole.resolve(CHECKPOINT)),
        Files.readAllBytes(place.resolve(CHECKPOINT)));
    Trained again = Steps.trainer().store(place).train(steps);
    assertTrue(again.isComplete());
    assertTrue(again.score().isPresent());
    var other =
        assertThrows(
            ConfigException.class, () -> Steps.trainer().seed(4).store(place).train(steps));
    assertTrue(other.getMessage().contains("seed"), other.getMessage());
  }

  @Test
  void aRunThatWasStoppedInMemoryCanBeSavedAndGoesOn() throws IOException {
    MemoryRecordings steps = Steps.of(24);
    AtomicInteger asked = new AtomicInteger();
    Trained stopped = Steps.trainer().stopWhen(() -> asked.incrementAndGet() == 20).train(steps);
    Path place = folder.resolve("saved");
    stopped.save(place);
    Trained whole = Steps.trainer().store(place).train(steps);
    assertEquals(Steps.trainer().train(steps).detections(), whole.detections());
  }

  @Test
  void anInterruptStopsIt() throws IOException {
    Trained stopped =
        Steps.trainer()
            .progress(
                (task, done, total, loss) -> {
                  if (done == 5) {
                    Thread.currentThread().interrupt();
                  }
                })
            .train(Steps.of(24));
    assertTrue(Thread.interrupted());
    assertFalse(stopped.isComplete());
  }

  @Test
  void tellsHowFarItIs() throws IOException {
    List<Long> done = new ArrayList<>();
    Set<String> tasks = new HashSet<>();
    Steps.trainer()
        .progress(
            (task, step, total, loss) -> {
              tasks.add(task + " of " + total);
              done.add(step);
            })
        .train(Steps.of(24));
    assertTrue(tasks.contains("plain of " + Steps.QUICK_STEPS), tasks::toString);
    assertTrue(tasks.contains("localize of 6"), tasks::toString);
    assertEquals(Steps.QUICK_STEPS + 6, done.size());
  }

  @Test
  void writesNothingWithoutAStore() throws IOException {
    Set<Path> before = files();
    Steps.trainer().train(Steps.of(24)).localizer().close();
    assertEquals(before, files());
  }

  /** What is in the working folder and in the folder of temporary files. */
  private static Set<Path> files() throws IOException {
    Set<Path> found = new HashSet<>();
    for (Path place : List.of(Path.of(""), Path.of(System.getProperty("java.io.tmpdir")))) {
      try (Stream<Path> inside = Files.list(place)) {
        inside.filter(f -> f.toString().contains("kairos")).forEach(found::add);
      }
    }
    return found;
  }

  /** Features that are made when they are asked for. */
  private static final class OnDemand implements Recordings {
    private final MemoryRecordings steps = Steps.of(24);
    final AtomicInteger made = new AtomicInteger();

    @Override
    public String name() {
      return steps.name();
    }

    @Override
    public List<FeatureStream> streams() {
      return steps.streams();
    }

    @Override
    public List<String> classes() {
      return steps.classes();
    }

    @Override
    public double secondsPerSnippet() {
      return 1;
    }

    @Override
    public List<Recording> recordings() {
      return steps.recordings();
    }

    @Override
    public int snippets(Recording recording) {
      return 60;
    }

    @Override
    public float[][][] features(Recording recording) {
      made.incrementAndGet();
      return steps.features(recording);
    }
  }

  @Test
  void featuresAreAskedForWhenTheyAreNeeded() throws IOException {
    OnDemand data = new OnDemand();
    Trained trained = Steps.trainer().train(data);
    assertEquals(Steps.trainer().train(Steps.of(24)).detections(), trained.detections());
    assertTrue(data.made.get() >= 24, data.made::toString);
  }

  @Test
  void refusesWhatDoesNotFit() {
    MemoryRecordings steps = Steps.of(8);
    assertThrows(ConfigException.class, () -> Trainer.of("plane").train(steps));
    var setting =
        assertThrows(ConfigException.class, () -> Steps.trainer().set("stepz", 1).train(steps));
    assertTrue(setting.getMessage().contains("stepz"), setting.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> Steps.trainer().train(new MemoryRecordings("none", 1).classes("a")));
    assertThrows(
        IllegalArgumentException.class,
        () -> steps.add(Recording.of("r0").labels("low"), new float[3][4]));
    assertThrows(
        IllegalArgumentException.class,
        () -> steps.add(Recording.of("wide").labels("low"), new float[3][5]));
    assertThrows(
        IllegalArgumentException.class,
        () -> steps.add(Recording.of("empty").labels("low"), new float[0][]));
    steps.add(Recording.of("strange").labels("neither"), new float[3][4]);
    var label = assertThrows(IllegalArgumentException.class, () -> Steps.trainer().train(steps));
    assertTrue(label.getMessage().contains("neither"), label.getMessage());
  }
}
