// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.localization;

import dev.kairos.kernels.KairosException;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.pipeline.TrainedRun;
import dev.kairos.methods.tal.SnippetGrid;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;

/** What an executor does: localises the recordings of a task one after the other. */
final class LocalizationTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ModelBytes model;
  private final RecordingPlaces places;
  private final int lastAttempt;

  /**
   * The same for all tasks of a job.
   *
   * @param lastAttempt number of the attempt, from 0, after which Spark gives a task up
   */
  LocalizationTask(ModelBytes model, RecordingPlaces places, int lastAttempt) {
    this.model = model;
    this.places = places;
    this.lastAttempt = lastAttempt;
  }

  /**
   * Localises some recordings.
   *
   * @return {@link FoundActions} in bytes
   * @throws IOException if files could not be read that perhaps can be in another attempt
   */
  byte[] localize(String[][] recordings) throws IOException {
    TrainedRun run = model.open();
    List<FoundActions> found = new ArrayList<>();
    for (String[] sent : recordings) {
      TaskContext task = TaskContext.get();
      if (task != null && task.isInterrupted()) {
        throw new IOException("the task was stopped");
      }
      found.add(one(run, sent));
    }
    return FoundActions.toBytes(found, run.data().classes());
  }

  private FoundActions one(TrainedRun run, String[] sent) throws IOException {
    String id = sent[0];
    try {
      Recording recording = places.recording(sent);
      return places
          .features(sent, run.data())
          .localize(recording, (rows, grid) -> found(id, run.localize(rows, grid), grid));
    } catch (KairosException | IllegalArgumentException e) {
      return FoundActions.failed(id, RecordingFailure.of(id, e));
    } catch (IOException e) {
      TaskContext task = TaskContext.get();
      if (task != null && task.attemptNumber() < lastAttempt) {
        throw e; // a store that was away comes back
      }
      return FoundActions.failed(id, RecordingFailure.of(id, e));
    }
  }

  private static FoundActions found(String id, Localization found, SnippetGrid grid) {
    return FoundActions.of(id, found, grid);
  }
}
