// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kairos.kernels.Availability;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.BackendProvider;
import dev.kairos.kernels.Backends;
import dev.kairos.kernels.DeviceFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code kairos backends}: what there is to compute on. */
@Command(
    name = "backends",
    description = "List what can compute here, and why something else cannot.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  kairos backends --json")
final class BackendsCommand implements Callable<Integer> {
  private static final String OPENCL = "opencl";

  /** The command is built without anything native unless it is asked for. */
  private static final String LEFT_OUT =
      "this build leaves it out; set KAIROS_OPENCL=1 and start kairos again, which builds it in";

  @ParentCommand private KairosCommand kairos;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--tune",
      description = {
        "Find out how products are fastest on an OpenCL device, and keep it for that device and",
        "driver; takes up to two minutes."
      })
  private boolean tune;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "With --tune: which device, its number or a part of its name.")
  private String device = "";

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  BackendsCommand() {}

  /** One line of the list. */
  private record Entry(
      String name, Availability availability, List<String> devices, int lanes, int threads) {}

  @Override
  public Integer call() throws IOException {
    if (tune) {
      return tune();
    }
    if (!device.isEmpty()) {
      throw new UsageException("--device goes with --tune", "kairos backends --tune --device 0");
    }
    List<Entry> entries = entries();
    if (json) {
      kairos.out().println(toJson(entries));
      return 0;
    }
    for (Entry entry : entries) {
      boolean usable = entry.availability().usable();
      kairos
          .out()
          .printf(
              "%-10s %-4s %s%s%n",
              entry.name() + (entry.name().equals(Backends.CPU) ? " *" : ""),
              usable ? "yes" : "no",
              entry.availability().reason(),
              usable
                  ? "; %s, %s"
                      .formatted(
                          Messages.count(entry.lanes(), "lane"),
                          Messages.count(entry.threads(), "thread"))
                  : "");
      if (entry.devices().size() > 1) {
        for (int i = 0; i < entry.devices().size(); i++) {
          kairos.out().printf("%-15s --device %d: %s%n", "", i, entry.devices().get(i));
        }
      }
    }
    kairos.out().println("* the default; on " + processor());
    return 0;
  }

  private int tune() throws IOException {
    BackendProvider provider =
        Backends.providers().stream()
            .filter(each -> each.name().equals(OPENCL))
            .findFirst()
            .orElseThrow(() -> new UsageException("--tune: no opencl: " + LEFT_OUT, ""));
    Availability availability = provider.availability();
    if (!availability.usable()) {
      throw new UsageException("--tune: no opencl: " + availability.reason(), "");
    }
    kairos.out().println(provider.tune(new BackendOptions(1, device), kairos.messages()::info));
    return 0;
  }

  private static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    int threads = Runtime.getRuntime().availableProcessors();
    try (Backend best = Backends.open(Backends.CPU, BackendOptions.of(threads))) {
      Availability found = Availability.yes("the best one here: " + best.name());
      entries.add(entry(Backends.CPU, found, best));
    }
    for (BackendProvider provider : Backends.providers()) {
      Availability availability = provider.availability();
      if (availability.usable()) {
        try (Backend backend = provider.open(BackendOptions.of(threads))) {
          entries.add(
              new Entry(
                  provider.name(),
                  availability,
                  provider.devices().isEmpty() ? List.of(processor()) : provider.devices(),
                  backend.lanes(),
                  backend.threads()));
        } catch (DeviceFailedException e) {
          entries.add(
              new Entry(
                  provider.name(),
                  Availability.no(String.valueOf(e.getMessage())),
                  List.of(),
                  0,
                  0));
        }
      } else {
        entries.add(new Entry(provider.name(), availability, List.of(), 0, 0));
      }
    }
    if (entries.stream().noneMatch(entry -> entry.name().equals(OPENCL))) {
      entries.add(new Entry(OPENCL, Availability.no(LEFT_OUT), List.of(), 0, 0));
    }
    return entries;
  }

  private static Entry entry(String name, Availability availability, Backend backend) {
    return new Entry(name, availability, List.of(processor()), backend.lanes(), backend.threads());
  }

  private static String toJson(List<Entry> entries) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("default", Backends.CPU);
      json.writeArrayFieldStart("backends");
      for (Entry entry : entries) {
        json.writeStartObject();
        json.writeStringField("name", entry.name());
        json.writeBooleanField("available", entry.availability().usable());
        json.writeStringField("reason", entry.availability().reason());
        json.writeArrayFieldStart("devices");
        for (String device : entry.devices()) {
          json.writeString(device);
        }
        json.writeEndArray();
        json.writeNumberField("lanes", entry.lanes());
        json.writeNumberField("threads", entry.threads());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  /** The processor's name where the system tells, else its architecture. */
  static String processor() {
    Path file = Path.of("/proc/cpuinfo");
    if (Files.isReadable(file)) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("model name") && line.contains(":")) {
            return line.substring(line.indexOf(':') + 1).strip();
          }
        }
      } catch (IOException e) {
        return System.getProperty("os.arch", "unknown"); // the name is a courtesy
      }
    }
    return System.getProperty("os.arch", "unknown");
  }
}
