// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.pipeline.Training;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Settings;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a training would take, from a few real steps whose result is thrown away. */
final class DryRun {
  private static final int MOST_STEPS = 12;
  private static final double LONGEST_SECONDS = 15;
  private static final double MEGABYTE = 1 << 20;

  private final Method method;
  private final Dataset dataset;
  private final SettingOptions settings;
  private final ComputeOptions compute;
  private final Messages messages;

  DryRun(
      Method method,
      Dataset dataset,
      SettingOptions settings,
      ComputeOptions compute,
      Messages messages) {
    this.method = method;
    this.dataset = dataset;
    this.settings = settings;
    this.compute = compute;
    this.messages = messages;
  }

  void print(PrintStream out) throws IOException {
    try (Engine engine = compute.open(messages)) {
      DatasetDescription data = dataset.description();
      Settings fresh = settings.fresh(method, data, 0, messages);
      Experiment experiment = new Experiment(method, data, fresh, fresh.integer("seed", 0), engine);
      TrainingData training = new TrainingData(dataset, Experiment.TRAIN, Training.cacheBytes());
      List<Stage> stages = experiment.model().stages(training);
      double seconds = 0;
      for (Stage stage : stages) {
        stage.prepareTrial();
        seconds += timed(stage, LONGEST_SECONDS / stages.size()) * stage.steps();
      }
      long steps = stages.stream().mapToLong(Stage::steps).sum();
      long weights = experiment.model().parameters().count();
      print(out, data, training, steps, seconds);
      memory(out, engine, weights, optimiserValues(stages), features(training));
    }
  }

  private void print(
      PrintStream out, DatasetDescription data, TrainingData training, long steps, double seconds) {
    out.printf(
        Locale.ROOT,
        "data         %s: %s, %s a snippet; nothing stops the training%n",
        data.name(),
        Messages.count(data.classes().size(), "class"),
        Messages.count(data.totalWidth(), "value"));
    out.printf(
        Locale.ROOT,
        "recordings   %d to train on, %d left out without label%s%n",
        training.size(),
        training.unlabelled().size(),
        dataset.subsets().contains(Dataset.TEST)
            ? ", " + dataset.subset(Dataset.TEST).size() + " to test"
            : ", no subset test");
    out.printf(
        Locale.ROOT,
        "time         about %s for %s, %.3g s a step%n",
        PlainProgress.duration(seconds),
        Messages.count(steps, "step"),
        steps == 0 ? 0 : seconds / steps);
  }

  private static void memory(
      PrintStream out, Engine engine, long weights, long optimiser, long features) {
    double bytes = engine.realBytes();
    double total =
        (weights + optimiser) * bytes
            + engine.scopedBytes()
            + Math.min(features, Training.cacheBytes());
    out.printf(Locale.ROOT, "parameters   %,d%n", weights);
    out.printf(
        Locale.ROOT,
        "memory       about %.0f MB: weights %.0f, optimiser %.0f, a step %.0f, features %.0f;"
            + " the heap may grow to %.0f%n",
        total / MEGABYTE,
        weights * bytes / MEGABYTE,
        optimiser * bytes / MEGABYTE,
        engine.scopedBytes() / MEGABYTE,
        Math.min(features, Training.cacheBytes()) / MEGABYTE,
        Runtime.getRuntime().maxMemory() / MEGABYTE);
    if (total > Runtime.getRuntime().maxMemory()) {
      out.printf(
          Locale.ROOT,
          "             too much for the heap: KAIROS_JAVA_OPTS=-Xmx%.0fm%n",
          Math.ceil(1.3 * total / MEGABYTE / 256) * 256);
    }
  }

  /** The middle of the later half of some steps: the first ones run while the JVM compiles. */
  private static double timed(Stage stage, double longest) {
    double[] seconds = new double[(int) Math.min(MOST_STEPS, stage.steps())];
    int count = 0;
    double sum = 0;
    while (count < seconds.length && sum < longest) {
      long from = System.nanoTime();
      var unused = stage.step(count);
      seconds[count] = (System.nanoTime() - from) * 1e-9;
      sum += seconds[count++];
    }
    if (count == 0) {
      return 0;
    }
    double[] later = Arrays.copyOfRange(seconds, count / 2, count);
    Arrays.sort(later);
    return later[later.length / 2];
  }

  private static long optimiserValues(List<Stage> stages) {
    return stages.stream()
        .map(Stage::optimizer)
        .distinct() // trainings of one network may share it
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
