// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Who localises many recordings: this thread, or the machines of a cluster. */
public interface LocalizationWork {
  /** This thread, one recording after the other. */
  LocalizationWork HERE = new LocalizationHere();

  /**
   * Localises recordings of a data set.
   *
   * @param skipsFailing whether a recording that cannot be read or localised is left out and named
   *     in {@link LocalizedRecordings#failed}, instead of ending the work
   * @throws dev.kairos.tensor.io.DataFormatException if the data set has other streams than the run
   *     was trained on
   */
  LocalizedRecordings of(
      Experiment experiment,
      Dataset dataset,
      List<Recording> recordings,
      boolean skipsFailing,
      Progress progress)
      throws IOException;

  /**
   * Localises recordings that belong to no data set.
   *
   * @param files by recording: a file of features for each stream of the run, or one for all
   * @param known frames per second and duration of all of them, as far as they are known
   * @param skipsFailing as for a data set
   */
  LocalizedRecordings ofFiles(
      Experiment experiment,
      Map<String, List<Path>> files,
      Recording known,
      boolean skipsFailing,
      Progress progress)
      throws IOException;

  /** Whether what it found has the curves of its predictions, or scores and detections alone. */
  boolean keepsCurves();
}
