// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.Methods;
import dev.kairos.methods.training.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code kairos demo}: everything once, on data made for it. */
@Command(
    name = "demo",
    description = "Make a data set, train on it, and show what was learned; takes a minute or two.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  kairos demo --quick --out /tmp/kairos-demo")
final class DemoCommand implements Callable<Integer> {
  @ParentCommand private KairosCommand kairos;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "kairos-demo",
      description =
          "Folder to make, or an earlier demo's to make anew (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("");

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = "Train this method alone (default: all).")
  private @Nullable String method;

  @Option(names = "--quick", description = "Smaller and shorter: under 30 seconds.")
  private boolean quick;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Data and training follow it (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private ComputeOptions compute = new ComputeOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  DemoCommand() {}

  @Override
  public Integer call() throws Exception {
    List<Method> methods = method == null ? Methods.all() : List.of(Methods.named(method));
    try (DemoFolder folder = DemoFolder.prepare(out)) {
      return StopSignal.guard(
          kairos.messages(),
          kairos.out(),
          signal -> {
            Path report = new Demo(kairos, folder, quick, seed, signal).run(methods, compute);
            kairos.out().println("report: " + report);
            return 0;
          });
    }
  }
}
