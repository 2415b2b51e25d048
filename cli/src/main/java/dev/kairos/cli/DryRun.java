// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.pipeline.TrialRun;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** What a training would take, from a few real steps whose result is thrown away. */
final class DryRun {
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
      TrialRun trial = TrialRun.of(experiment, dataset, engine);
      print(out, data, trial);
      memory(out, trial);
    }
  }

  private void print(PrintStream out, DatasetDescription data, TrialRun trial) {
    out.printf(
        Locale.ROOT,
        "data         %s: %s, %s a snippet; nothing stops the training%n",
        data.name(),
        Messages.count(data.classes().size(), "class"),
        Messages.count(data.totalWidth(), "value"));
    out.printf(
        Locale.ROOT,
        "recordings   %d to train on, %d left out without label%s%n",
        trial.trained(),
        trial.unlabelled(),
        dataset.subsets().contains(Dataset.TEST)
            ? ", " + dataset.subset(Dataset.TEST).size() + " to test"
            : ", no subset test");
    if (!trial.heldOut().isEmpty()) {
      out.printf(Locale.ROOT, "held out     %s%n", trial.heldOut());
    }
    out.printf(
        Locale.ROOT,
        "time         about %s for %s, %.3g s a step%n",
        PlainProgress.duration(trial.seconds()),
        Messages.count(trial.steps(), "step"),
        trial.steps() == 0 ? 0 : trial.seconds() / trial.steps());
  }

  private static void memory(PrintStream out, TrialRun trial) {
    out.printf(Locale.ROOT, "parameters   %,d%n", trial.parameters());
    out.printf(
        Locale.ROOT,
        "memory       about %.0f MB: weights %.0f, optimiser %.0f, a step %.0f, features %.0f;"
            + " the heap may grow to %.0f%n",
        trial.bytes() / MEGABYTE,
        trial.weightBytes() / MEGABYTE,
        trial.optimizerBytes() / MEGABYTE,
        trial.stepBytes() / MEGABYTE,
        trial.featureBytes() / MEGABYTE,
        Runtime.getRuntime().maxMemory() / MEGABYTE);
    if (trial.bytes() > Runtime.getRuntime().maxMemory()) {
      out.printf(
          Locale.ROOT,
          "             too much for the heap: KAIROS_JAVA_OPTS=-Xmx%.0fm%n",
          Math.ceil(1.3 * trial.bytes() / MEGABYTE / 256) * 256);
    }
  }
}
