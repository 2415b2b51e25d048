// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.kernels.Availability;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.BackendProvider;
import dev.kairos.kernels.Backends;
import dev.kairos.tensor.Engine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what to compute on; shared by the verbs that do. */
final class ComputeOptions {
  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "cpu (the best one here), or a name that kairos backends lists (default: cpu).")
  private @Nullable String backend;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with (default: all processors); no result depends on it.")
  private @Nullable Integer threads;

  /** Opens the engine and says in one line what it is. */
  Engine open(Messages messages) {
    Engine engine = open();
    messages.info(described(engine.backend()));
    return engine;
  }

  /** Opens the engine. */
  Engine open() {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (count < 1) {
      throw new UsageException("--threads: needs at least 1: " + count, "leave it out for all");
    }
    BackendOptions options = BackendOptions.of(count);
    return new Engine(backend == null ? Backends.open(options) : Backends.open(backend, options));
  }

  private String described(Backend opened) {
    String line =
        "backend %s: %s, %s"
            .formatted(
                opened.name(),
                opened.lanes() == 1 ? "scalar code" : opened.lanes() + " lanes",
                Messages.count(opened.threads(), "thread"));
    boolean chosen = backend == null || backend.equals(Backends.CPU);
    return chosen ? line + passedOver(opened) : line;
  }

  /** Why better ones were not taken. */
  private static String passedOver(Backend opened) {
    StringBuilder reasons = new StringBuilder();
    for (BackendProvider provider : Backends.providers()) {
      if (provider.name().equals(opened.name())) {
        break;
      }
      Availability availability = provider.availability();
      if (!availability.usable()) {
        reasons.append("; no ").append(provider.name()).append(": ").append(availability.reason());
      }
    }
    return reasons.toString();
  }
}
