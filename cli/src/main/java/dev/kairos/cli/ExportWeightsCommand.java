// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.Methods;
import dev.kairos.methods.pipeline.PublishedWeights;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.training.Experiment;
import dev.kairos.tensor.Engine;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kairos export-weights}: the weights of a run for PyTorch. */
@Command(
    name = "export-weights",
    description = {
      "Write the weights of a run as a state dict of PyTorch, by the names of the authors' code",
      "where that is known, or else ours. torch.load(FILE, weights_only=True) reads it."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  kairos export-weights runs/demo --out basnet.pt")
final class ExportWeightsCommand implements Callable<Integer> {
  @ParentCommand private KairosCommand kairos;

  @Parameters(paramLabel = "RUN", description = "Run folder of a training.")
  private Path run = Path.of("");

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "File to write.")
  private Path out = Path.of("");

  @Option(
      names = "--stream",
      paramLabel = "NAME",
      description = "Only the network of this stream, for code that has a file for each.")
  private @Nullable String stream;

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  ExportWeightsCommand() {}

  @Override
  public Integer call() throws Exception {
    RunFolder folder = RunFolder.open(run);
    try (Engine engine = Engine.open("cpu", 1)) {
      Experiment trained = Experiment.open(folder, Methods.of(folder), engine);
      PublishedWeights.export(trained, stream, out);
    }
    kairos.messages().info("wrote " + out);
    return 0;
  }
}
