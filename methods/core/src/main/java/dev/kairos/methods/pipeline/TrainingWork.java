// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import java.io.IOException;

/** Who takes the steps of a training: this thread, or the machines of a cluster. */
public interface TrainingWork {
  /** This thread. */
  TrainingWork HERE =
      (experiment, run, dataset, data, options, progress) ->
          experiment.train(run, data, options, progress);

  /**
   * Trains from where a run's checkpoint stands.
   *
   * @param experiment has the trained weights afterwards
   * @param run whose lock this thread has
   * @param data what may be learned from, the recordings of {@code dataset}
   */
  TrainingLoop.Ended train(
      Experiment experiment,
      RunFolder run,
      Dataset dataset,
      TrainingData data,
      TrainingLoop.Options options,
      Progress progress)
      throws IOException;
}
