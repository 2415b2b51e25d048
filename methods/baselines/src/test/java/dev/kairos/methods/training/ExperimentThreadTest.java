// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.Methods;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** An experiment serves the thread of its engine: others are refused, and disturb nothing. */
final class ExperimentThreadTest {
  private static final DatasetDescription DATA =
      new DatasetDescription(
          "small", List.of(new FeatureStream("rgb", 8)), 25, 16, List.of("Jump", "Run"), "", "");
  private static final SnippetGrid GRID = new SnippetGrid(25, 16, 40);

  @Test
  void callsFromOtherThreadsAreRefusedAlways() throws IOException, InterruptedException {
    Method method = Methods.named("plain");
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[40 * 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    FeatureSequence features = FeatureSequence.of(40, 8, values);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (Engine engine = Engine.open("cpu", 1)) {
      Settings settings = Experiment.settings(method, DATA, "none", null, List.of("hidden=8"));
      Experiment experiment = new Experiment(method, DATA, settings, 1, engine);
      String right = experiment.localize(features, GRID).toString();
      List<Future<?>> others = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        others.add(pool.submit(() -> experiment.localize(features, GRID)));
        assertEquals(right, experiment.localize(features, GRID).toString());
      }
      for (Future<?> other : others) {
        Throwable error = assertThrows(ExecutionException.class, other::get).getCause();
        assertEquals(IllegalStateException.class, error.getClass());
        String message = String.valueOf(error.getMessage());
        assertTrue(message.startsWith("localize: " + engine + " belongs to thread '"), message);
        assertTrue(message.contains("' and was used by thread 'pool-"), message);
      }
      Future<?> made =
          pool.submit(() -> new Experiment(method, DATA, settings, 1, engine)); // weights too
      assertThrows(ExecutionException.class, made::get);
    } finally {
      pool.shutdown();
    }
  }
}
