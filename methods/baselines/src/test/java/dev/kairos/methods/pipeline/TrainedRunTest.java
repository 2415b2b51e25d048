// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.localization.LocalizationDump;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.training.Progress;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedRunTest {
  private static final Dataset DATA = Waves.dataset("train", "test");

  @TempDir private Path folder;
  private Path place = Path.of("");
  private final Map<String, List<Detection>> expected = new LinkedHashMap<>();

  @BeforeEach
  void train() throws IOException {
    place = folder.resolve("run");
    new Training(DATA)
        .run(place, "plain", Waves.QUICK)
        .found()
        .forEach((id, found) -> expected.put(id, found.detections()));
    assertTrue(expected.values().stream().anyMatch(found -> !found.isEmpty()));
  }

  @Test
  void manyThreadsGetTheBitsOfOne() throws Exception {
    var three = new TrainedRun.Options("cpu", 3, null);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (TrainedRun run = TrainedRun.open(place, three)) {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        for (Recording recording : DATA.subset("test")) {
          FeatureSequence features = DATA.features(recording);
          calls.add(() -> run.localize(features).detections().equals(expected.get(recording.id())));
        }
      }
      for (Future<Boolean> same : threads.invokeAll(calls)) {
        assertTrue(same.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aSubsetByManyThreadsIsWhatTrainingFound() throws IOException {
    List<Long> steps = new ArrayList<>();
    Progress told =
        new Progress() {
          @Override
          public void start(String task, long total) {
            assertEquals("localize 6", task + " " + total);
          }

          @Override
          public void step(long done, double loss) {
            steps.add(done);
          }

          @Override
          public void note(String message) {}

          @Override
          public void finish() {
            steps.add(-1L);
          }
        };
    try (TrainedRun run = TrainedRun.open(place, new TrainedRun.Options("cpu", 3, null))) {
      LocalizedRecordings found = run.localize(DATA, "test", told);
      assertEquals(List.copyOf(expected.entrySet()), List.copyOf(found.detections().entrySet()));
      assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, -1L), steps);
      found.writeDetections(folder.resolve("found.json"));
      found.writeDump(folder.resolve("dump"));
      assertThrows(
          DataFormatException.class, () -> run.localize(DATA, "validation", Progress.NONE));
    }
    assertArrayEquals(
        Files.readAllBytes(place.resolve(RunFolder.DETECTIONS)),
        Files.readAllBytes(folder.resolve("found.json")));
    assertTrue(Files.exists(folder.resolve("dump").resolve(LocalizationDump.FILE_NAME)));
  }

  @Test
  void readsOnceAndWritesNothing() throws IOException {
    Map<String, Long> before = files();
    try (TrainedRun run = TrainedRun.open(place)) {
      assertEquals(before, files());
      try (Stream<Path> all = Files.walk(place)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }
      Recording first = DATA.subset("test").get(0);
      float[][] left = rows(DATA.features(first, "left"));
      float[][] right = rows(DATA.features(first, "right"));
      assertEquals(expected.get(first.id()), run.localize(left, right));
      assertTrue(files().isEmpty());
    }
  }

  private Map<String, Long> files() throws IOException {
    Map<String, Long> sizes = new LinkedHashMap<>();
    try (Stream<Path> all = Files.walk(place)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        sizes.put(file.toString(), Files.size(file) + Files.getLastModifiedTime(file).toMillis());
      }
    }
    return sizes;
  }

  private static float[][] rows(FeatureSequence features) {
    float[][] rows = new float[features.length()][features.width()];
    for (int t = 0; t < rows.length; t++) {
      features.copyRow(t, rows[t], 0);
    }
    return rows;
  }

  @Test
  void whatDoesNotFitIsRefusedAndHarmsNothing() throws IOException {
    float[][] right = Waves.right(new Random(1), 7);
    try (TrainedRun run = TrainedRun.open(place, new TrainedRun.Options("scalar", 1, null))) {
      assertThrows(IllegalArgumentException.class, () -> run.localize(right));
      assertThrows(IllegalArgumentException.class, () -> run.localize(right, right));
      assertThrows(IllegalArgumentException.class, () -> run.localize(right, right, right));
      assertThrows(IllegalArgumentException.class, () -> run.localize());
      // As wide together as what it was trained on, in the wrong order.
      Recording first = DATA.subset("test").get(0);
      float[][] swapped = rows(DATA.features(first, "right"));
      float[][] left = rows(DATA.features(first, "left"));
      assertThrows(IllegalArgumentException.class, () -> run.localize(swapped, left));
      assertThrows(
          IllegalArgumentException.class,
          () -> run.localize(new float[][] {{1, 2, 3, 4, Float.NaN}}));
      assertFalse(run.localize(DATA.features(DATA.subset("test").get(0))).prediction() == null);
    }
    var stage = new TrainedRun.Options("cpu", 1, "none");
    assertThrows(ConfigException.class, () -> TrainedRun.open(place, stage));
    assertThrows(IllegalArgumentException.class, () -> new TrainedRun.Options("cpu", 0, null));
  }

  @Test
  void aClosedRunSaysSo() throws IOException, InterruptedException, ExecutionException {
    TrainedRun run = TrainedRun.open(place);
    FeatureSequence features = DATA.features(DATA.subset("test").get(0));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      assertFalse(other.submit(() -> run.localize(features)).get().prediction() == null);
      run.close();
      run.close();
    } finally {
      other.shutdownNow();
    }
    assertThrows(IllegalStateException.class, () -> run.localize(features));
  }
}
