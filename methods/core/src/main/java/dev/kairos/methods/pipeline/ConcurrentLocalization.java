// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.methods.training.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

/** Localises the recordings of a data set by several threads; the order is that of the data. */
final class ConcurrentLocalization {
  private final Dataset dataset;
  private final BiFunction<FeatureSequence, SnippetGrid, Localization> run;

  ConcurrentLocalization(
      Dataset dataset, BiFunction<FeatureSequence, SnippetGrid, Localization> run) {
    this.dataset = dataset;
    this.run = run;
  }

  private record Found(SnippetGrid grid, Localization localization) {}

  /**
   * Localises.
   *
   * @param told of progress, told by the calling thread; what it throws ends the work
   * @throws InterruptedIOException if the calling thread is interrupted; its flag is up
   */
  LocalizedRecordings of(TrainedRun trained, List<Recording> recordings, int threads, Progress told)
      throws IOException {
    ExecutorService executor = Executors.newFixedThreadPool(Math.min(threads, recordings.size()));
    try {
      List<Future<Found>> asked = new ArrayList<>();
      recordings.forEach(recording -> asked.add(executor.submit(() -> one(recording))));
      Map<String, Localization> found = new LinkedHashMap<>();
      Map<String, SnippetGrid> grids = new LinkedHashMap<>();
      told.start("localize", recordings.size());
      for (int i = 0; i < asked.size(); i++) {
        Found answer = answer(asked.get(i));
        found.put(recordings.get(i).id(), answer.localization());
        grids.put(recordings.get(i).id(), answer.grid());
        told.step(i + 1, Double.NaN);
      }
      told.finish();
      return new LocalizedRecordings(trained.data(), found, grids);
    } finally {
      var unused = executor.shutdownNow();
    }
  }

  private Found one(Recording recording) throws IOException {
    return RecordingFeatures.of(dataset)
        .localize(recording, (features, grid) -> new Found(grid, run.apply(features, grid)));
  }

  private static Found answer(Future<Found> asked) throws IOException {
    try {
      return asked.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("localize: interrupted");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof RuntimeException wrong) {
        throw wrong;
      }
      throw new IllegalStateException("localize: " + cause, cause);
    }
  }
}
