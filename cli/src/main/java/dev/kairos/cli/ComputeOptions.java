// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.kernels.Availability;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.BackendProvider;
import dev.kairos.kernels.Backends;
import dev.kairos.tensor.Engine;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what to compute on; shared by the verbs that do. */
final class ComputeOptions {
  /** Backends that have no devices to choose among. */
  private static final Set<String> HOSTS = Set.of(Backends.CPU, "simd", "scalar", "reference");

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = {
        "cpu (the best one here), auto (a graphics processor where there is one), or a name that",
        "kairos backends lists (default: cpu)."
      })
  private @Nullable String backend;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with (default: all processors); no result depends on it.")
  private @Nullable Integer threads;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = {
        "Which OpenCL device: its number in kairos backends, or a part of its name",
        "(default: the first)."
      })
  private String device = "";

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
    if (!device.isEmpty() && (backend == null || HOSTS.contains(backend))) {
      throw new UsageException(
          "--device: backend %s has only the processor"
              .formatted(backend == null ? Backends.CPU : backend),
          "leave it out, or name the backend it belongs to: --backend opencl");
    }
    BackendOptions options = new BackendOptions(count, device);
    return new Engine(backend == null ? Backends.open(options) : Backends.open(backend, options));
  }

  /** Whether the user left it open what computes, so that another backend may go on. */
  boolean isAuto() {
    return Backends.AUTO.equals(backend);
  }

  /** From now on the processor computes. */
  void fallBack() {
    backend = Backends.CPU;
    device = "";
  }

  private String described(Backend opened) {
    String line =
        "backend %s: %s, %s"
            .formatted(
                opened.name(),
                opened.lanes() == 1 ? "scalar code" : opened.lanes() + " lanes",
                Messages.count(opened.threads(), "thread"));
    if (isAuto()) {
      return line + noAccelerator(opened);
    }
    boolean chosen = backend == null || backend.equals(Backends.CPU);
    return chosen ? line + passedOver(opened) : line;
  }

  /** Why no other hardware was taken. */
  private static String noAccelerator(Backend opened) {
    StringBuilder reasons = new StringBuilder();
    for (BackendProvider provider : Backends.providers()) {
      if (provider.name().equals(opened.name()) && !provider.devices().isEmpty()) {
        return "";
      }
      if (provider.priority() < 0 && !provider.name().equals("reference")) {
        Availability accelerator = provider.accelerator();
        reasons
            .append("; no ")
            .append(provider.name())
            .append(": ")
            .append(accelerator.usable() ? "it cannot be used" : accelerator.reason());
      }
    }
    return reasons.length() == 0 ? "; this build has no other" : reasons.toString();
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
