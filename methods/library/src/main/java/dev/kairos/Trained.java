// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import dev.kairos.methods.pipeline.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a {@link Trainer} made: a run, in the folder that was named or in memory.
 *
 * @since 0.1.0
 */
public final class Trained {
  private final Path place;
  private final Training.Outcome outcome;
  private final List<String> notes;

  Trained(Path place, Training.Outcome outcome, List<String> notes) {
    this.place = place;
    this.outcome = outcome;
    this.notes = List.copyOf(notes);
  }

  /** False if the training was stopped before its end; the same call goes on from a folder. */
  public boolean isComplete() {
    return outcome.isComplete();
  }

  /**
   * How well the actions of the recordings to score on were found: mean average precision, the mean
   * over tIoU 0.1 to 0.7, by the protocol of ActivityNet; empty where there was nothing to score.
   */
  public OptionalDouble score() {
    return outcome.result().isPresent()
        ? OptionalDouble.of(outcome.result().get().average())
        : OptionalDouble.empty();
  }

  /** The actions found in the recordings to score on, by id; none if all was made before. */
  public Map<String, Detections> detections() {
    Map<String, Detections> found = new LinkedHashMap<>();
    outcome.found().forEach((id, one) -> found.put(id, Detections.of(one.detections())));
    return found;
  }

  /** What a reader of the score has to know, a sentence each. */
  public List<String> notes() {
    return notes;
  }

  /**
   * Opens what was trained to find actions; close it after use.
   *
   * @throws dev.kairos.kernels.KairosException if nothing is trained yet
   */
  public Localizer localizer() throws IOException {
    return Localizer.open(place);
  }

  /**
   * Writes the run into a folder, for {@link Localizer#open}, {@code kairos localize} and to go on.
   *
   * @param folder not there yet, or empty
   * @throws dev.kairos.kernels.KairosException if it holds files, or somebody else writes there
   */
  public void save(Path folder) throws IOException {
    RunStore.copy(place, folder);
  }
}
