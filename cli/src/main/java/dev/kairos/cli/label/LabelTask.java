// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.PointEditor;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.VideoFiles;
import dev.kairos.methods.pipeline.RecordingCurves;
import java.util.List;

/**
 * What is to be labelled and what helps with it.
 *
 * @param dataset the data folder as it was opened
 * @param recordings those to label, in the order of the page
 * @param points where the points go
 * @param curves what is shown over time
 * @param videos those of recordings
 * @param chosenClass the class that is chosen at the beginning, empty for the first
 * @param showTruth whether annotated segments are shown, too
 */
public record LabelTask(
    Dataset dataset,
    List<Recording> recordings,
    PointEditor points,
    RecordingCurves curves,
    VideoFiles videos,
    String chosenClass,
    boolean showTruth) {
  /** Copies the list. */
  public LabelTask {
    recordings = List.copyOf(recordings);
  }
}
