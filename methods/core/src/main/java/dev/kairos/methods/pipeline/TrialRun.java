// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.HeldOut;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.tensor.Engine;
import java.util.List;

/**
 * Estimates what a training would take, from a few real steps whose result is thrown away.
 *
 * @param trained recordings to train on, without those held out
 * @param heldOut what is held out to be scored, in words; empty where nothing is
 * @param unlabelled recordings left out, as they have no label
 * @param steps of all stages
 * @param seconds they would take on this machine
 * @param parameters weights of the model
 * @param weightBytes memory of the weights
 * @param optimizerBytes memory of the optimisers' state
 * @param stepBytes memory of one step
 * @param featureBytes memory of the features that are kept
 */
public record TrialRun(
    int trained,
    String heldOut,
    int unlabelled,
    long steps,
    double seconds,
    long parameters,
    double weightBytes,
    double optimizerBytes,
    double stepBytes,
    double featureBytes) {
  private static final double LONGEST_SECONDS = 15;

  /**
   * Takes some steps of each stage, some fifteen seconds at most, and does once what only some
   * steps bring, such as an evaluation or new labels.
   *
   * @param experiment with fresh weights; of no use afterwards
   * @param engine the experiment's
   */
  public static TrialRun of(Experiment experiment, Dataset dataset, Engine engine) {
    TrainingData training = new TrainingData(dataset, Dataset.TRAIN, Training.cacheBytes());
    HeldOut parted = experiment.heldOut(training);
    List<Stage> stages = experiment.stages(parted);
    TrialTime time = new TrialTime(System::nanoTime);
    double seconds = 0;
    for (Stage stage : stages) {
      seconds += time.of(stage.trial(), stage.steps(), LONGEST_SECONDS / stages.size());
    }
    long weights = experiment.model().parameters().count();
    return new TrialRun(
        parted.training().size(),
        parted.described(),
        training.unlabelled().size(),
        stages.stream().mapToLong(Stage::steps).sum(),
        seconds,
        weights,
        (double) weights * engine.realBytes(),
        (double) optimizerValues(stages) * engine.realBytes(),
        engine.scopedBytes(),
        Math.min(features(training), Training.cacheBytes()));
  }

  /** Memory that all of it takes. */
  public double bytes() {
    return weightBytes + optimizerBytes + stepBytes + featureBytes;
  }

  private static long optimizerValues(List<Stage> stages) {
    return stages.stream()
        .map(Stage::optimizer)
        .distinct() // stages of one network may share it
        .flatMap(optimizer -> optimizer.state().values().stream())
        .mapToLong(tensor -> tensor.shape().count())
        .sum();
  }

  private static long features(TrainingData training) {
    long bytes = 0;
    for (int i = 0; i < training.size(); i++) {
      bytes += (long) Float.BYTES * training.grid(i).length() * training.width();
    }
    return bytes;
  }
}
