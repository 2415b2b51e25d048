// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.pipeline.PublishedWeights;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.NpyArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kairos import-weights}: weights that PyTorch trained, for a method here. */
@Command(
    name = "import-weights",
    description = {
      "Bring weights of PyTorch, by the names of the authors' code or ours, to a method.",
      "Nothing of the file is run. Settings must be those the weights were trained with."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kairos import-weights basnet.pth --method basnet --data data/thumos --out"
          + " basnet.safetensors",
      "  kairos train basnet --data data/thumos --weights basnet.safetensors --out runs/tuned",
      "  kairos import-weights basnet.pth --method basnet --data data/thumos --run runs/theirs",
      "  kairos localize --run runs/theirs --data data/thumos --out found.json"
    })
final class ImportWeightsCommand implements Callable<Integer> {
  @ParentCommand private KairosCommand kairos;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "State dict or checkpoint (.pt, .pth, .safetensors); for methods with a network for"
              + " each stream also a file for each, in the order of the streams.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--method",
      required = true,
      paramLabel = "METHOD",
      description = "The method, for example basnet.")
  private String method = "";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Data folder; its classes and streams give the shapes.")
  private Path data = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Weights for train --weights (.safetensors).")
  private @Nullable Path out;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "Run folder to make, which localises with the weights as they are.")
  private @Nullable Path run;

  @Mixin private SettingOptions settings = new SettingOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  ImportWeightsCommand() {}

  @Override
  public Integer call() throws Exception {
    if (out == null && run == null) {
      throw new UsageException("import-weights needs a place for the weights", "--out FILE");
    }
    Method chosen = Methods.named(method);
    Dataset dataset = Dataset.open(data);
    if (files.size() > 1 && files.size() != dataset.description().streams().size()) {
      throw new UsageException(
          files.size() + " files for " + dataset.description().streams().size() + " streams",
          "give one file, or one for each stream");
    }
    if (run != null) {
      RunFolder.requireUnused(run);
    }
    Messages messages = kairos.messages();
    try (Engine engine = Engine.open("cpu", 1)) {
      Settings fresh = settings.fresh(chosen, dataset.description(), 0, messages);
      long seed = fresh.integer("seed", 0);
      Experiment experiment = new Experiment(chosen, dataset.description(), fresh, seed, engine);
      Map<String, NpyArray> weights = PublishedWeights.read(experiment, files);
      if (out != null) {
        PublishedWeights.write(out, weights);
        messages.info("wrote " + Messages.count(weights.size(), "weight") + " to " + out);
      }
      if (run != null) {
        PublishedWeights.finishedRun(run, experiment, dataset, weights, TrainingSession.sources());
        messages.info("made the run " + run);
      }
    }
    return 0;
  }
}
