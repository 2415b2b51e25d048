// SPDX-License-Identifier: Apache-2.0
package dev.kairos.e2e;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.tensor.Engine;
import java.nio.file.Path;
import java.util.List;

/** Trains the {@link RememberingMethod} in a JVM of its own, from where it stands. */
final class RememberingRun {
  private RememberingRun() {}

  /**
   * Arguments: the data folder, the run folder, how many epochs.
   *
   * @param args in this order
   */
  public static void main(String[] args) throws Exception {
    Dataset dataset = Dataset.open(Path.of(args[0]));
    Path out = Path.of(args[1]);
    Method method = new RememberingMethod();
    try (Engine engine = Engine.open("cpu", 1)) {
      boolean begun = RunFolder.exists(out);
      Settings settings =
          begun
              ? Settings.empty().withConfig(out.resolve(RunFolder.CONFIG))
              : Settings.empty().withOverrides(List.of("epochs=" + args[2]));
      Experiment experiment = new Experiment(method, dataset.description(), settings, 7, engine);
      RunFolder folder = begun ? RunFolder.open(out) : experiment.create(out, dataset, null);
      var unused =
          experiment.train(
              folder,
              new TrainingData(dataset, Dataset.TRAIN, 1 << 20),
              new TrainingLoop.Options(0.01, Double.POSITIVE_INFINITY, () -> false),
              Progress.NONE);
    }
  }
}
