// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import dev.kairos.kernels.cpu.ScalarProvider;
import dev.kairos.kernels.reference.ReferenceProvider;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Finds and chooses backends. */
public final class Backends {
  /** The name under which the best backend for this processor is opened. */
  public static final String CPU = "cpu";

  /** The name under which the fastest hardware here is opened, and else {@link #CPU}. */
  public static final String AUTO = "auto";

  private static final System.Logger LOG = System.getLogger("dev.kairos.kernels");

  private Backends() {}

  /**
   * All providers found, best first. They are looked for where Kairos itself was loaded from: the
   * calling thread's context class loader may be that of a program whose plug-in Kairos is. Those
   * of this room are always found, also in a jar of several that lost the files that name them.
   */
  public static List<BackendProvider> providers() {
    return withOwn(
        ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  static List<BackendProvider> withOwn(List<BackendProvider> found) {
    Map<String, BackendProvider> byName = new HashMap<>();
    for (BackendProvider own : List.of(new ScalarProvider(), new ReferenceProvider())) {
      byName.put(own.name(), own);
    }
    found.forEach(provider -> byName.put(provider.name(), provider));
    return byName.values().stream()
        .sorted(
            Comparator.comparingInt(BackendProvider::priority)
                .reversed()
                .thenComparing(BackendProvider::name))
        .toList();
  }

  /** Opens the best backend, or the one the system property {@code kairos.backend} names. */
  public static Backend open(BackendOptions options) {
    return open(System.getProperty("kairos.backend", CPU), options);
  }

  /**
   * Opens a backend by name.
   *
   * @param name {@code cpu} for the best on this processor, {@code auto} for the fastest hardware,
   *     or a provider's name
   * @throws BackendUnavailableException if the named backend cannot be used here; there is no
   *     silent fall-back from an explicit request
   */
  public static Backend open(String name, BackendOptions options) {
    List<BackendProvider> all = providers();
    if (name.equals(AUTO)) {
      return fastest(all, options);
    }
    if (!name.equals(CPU)) {
      BackendProvider provider =
          all.stream()
              .filter(p -> p.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name, all));
      Availability availability = provider.availability();
      if (!availability.usable()) {
        throw new BackendUnavailableException(
            "backend " + name + " is not available: " + availability.reason(),
            "leave --backend out to use the best one that is");
      }
      return provider.open(options);
    }
    StringBuilder passedOver = new StringBuilder();
    for (BackendProvider provider : all) {
      Availability availability = provider.availability();
      if (provider.priority() >= 0 && availability.usable()) {
        LOG.log(
            Level.DEBUG, "backend {0}: {1}{2}", provider.name(), availability.reason(), passedOver);
        return provider.open(options);
      }
      passedOver.append("; ").append(provider.name()).append(": ").append(availability.reason());
    }
    throw unknown(name, all);
  }

  /** What cannot be opened, or computes wrong numbers, is passed over. */
  private static Backend fastest(List<BackendProvider> all, BackendOptions options) {
    for (BackendProvider provider : all) {
      Availability accelerator = provider.accelerator();
      if (!accelerator.usable()) {
        LOG.log(Level.DEBUG, "no {0}: {1}", provider.name(), accelerator.reason());
        continue;
      }
      try {
        return provider.open(options);
      } catch (KairosException e) {
        LOG.log(Level.WARNING, "no " + provider.name() + ": " + e.getMessage());
      }
    }
    return open(CPU, options);
  }

  private static BackendUnavailableException unknown(String name, List<BackendProvider> all) {
    String known = all.stream().map(BackendProvider::name).collect(Collectors.joining(", "));
    return new BackendUnavailableException(
        "no backend is called " + name, "choose one of: " + CPU + ", " + AUTO + ", " + known);
  }
}
