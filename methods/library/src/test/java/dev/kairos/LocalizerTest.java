// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.KairosException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalizerTest {
  private static final int RECORDINGS = 10_000;
  private static final int THREADS = 64;

  @TempDir private static Path folder;
  private static Path run = Path.of("");

  @BeforeAll
  static void train() throws IOException {
    run = folder.resolve("run");
    Steps.trainer().train(Steps.of(24)).save(run);
  }

  private static float[][] recording(int number) {
    Random random = new Random(number);
    return Steps.features(random, number % 2 == 0 ? "low" : "high", random.nextInt(50));
  }

  @Test
  void manyThreadsGetTheBitsOfOne() throws Exception {
    List<Detections> alone = new ArrayList<>();
    try (Localizer localizer = Localizer.open(run, 1)) {
      for (int i = 0; i < RECORDINGS; i++) {
        alone.add(localizer.localize(recording(i)));
      }
    }
    assertTrue(alone.stream().mapToInt(Detections::size).sum() > RECORDINGS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Localizer localizer = Localizer.open(run)) {
      List<Callable<Detections>> calls = new ArrayList<>();
      for (int i = 0; i < RECORDINGS; i++) {
        int number = i;
        calls.add(() -> localizer.localize(recording(number)));
      }
      List<Future<Detections>> found = threads.invokeAll(calls);
      for (int i = 0; i < RECORDINGS; i++) {
        assertEquals(alone.get(i), found.get(i).get(), "recording " + i);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void saysWhatTheRunWasTrainedOn() throws IOException {
    try (Localizer localizer = Localizer.open(run)) {
      assertEquals(List.of("low", "high"), localizer.classes());
      assertEquals(List.of(new FeatureStream("stream1", 4)), localizer.streams());
      assertEquals(1, localizer.secondsPerSnippet());
    }
  }

  @Test
  void detectionsEndWithTheRecording() throws IOException {
    float[][] features = recording(7);
    try (Localizer localizer = Localizer.open(run)) {
      Detections free = localizer.localize(features);
      Detections cut = localizer.localize(Recording.of("short").duration(30), features);
      assertTrue(free.list().stream().anyMatch(found -> found.end() > 30));
      assertFalse(cut.list().stream().anyMatch(found -> found.end() > 30));
    }
  }

  @Test
  void refusesWhatDoesNotFit() throws IOException {
    Localizer localizer = Localizer.open(run);
    float[][] narrow = {{1, 2, 3}};
    var width = assertThrows(IllegalArgumentException.class, () -> localizer.localize(narrow));
    assertTrue(width.getMessage().contains("3"), width.getMessage());
    assertThrows(IllegalArgumentException.class, () -> localizer.localize(new float[0][]));
    float[][] broken = {{1, 2, Float.NaN, 4}};
    var nan = assertThrows(IllegalArgumentException.class, () -> localizer.localize(broken));
    assertTrue(nan.getMessage().contains("row 0, column 2"), nan.getMessage());
    localizer.close();
    localizer.close();
    assertThrows(IllegalStateException.class, () -> localizer.localize(recording(1)));
    assertThrows(KairosException.class, () -> Localizer.open(folder.resolve("nowhere")));
  }

  @Test
  void detectionsCanBeChosenAndWritten() throws IOException {
    try (Localizer localizer = Localizer.open(run)) {
      Detections all = localizer.localize(recording(4));
      assertEquals(all.size(), all.of("low").size() + all.of("high").size());
      Detections best = all.best(2);
      assertEquals(2, best.size());
      assertTrue(best.list().get(0).score() >= best.list().get(1).score());
      double least = best.list().get(0).score();
      assertTrue(all.atLeast(least).list().contains(best.list().get(0)));
      assertEquals(0, all.atLeast(Double.POSITIVE_INFINITY).size());
      assertEquals("[]", all.of("none").toJson());
      Detection first = best.list().get(0);
      assertEquals(
          "[{\"label\":\"%s\",\"score\":%s,\"segment\":[%s,%s]}]"
              .formatted(first.label(), first.score(), first.start(), first.end()),
          all.best(1).toJson());
    }
  }
}
