// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kairos.methods.run.Provenance;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code kairos bench}: whether this machine runs as fast as it could. */
@Command(
    name = "bench",
    description = {
      "Check the speed of this machine in under a minute.",
      "Products, convolutions, a training step and LinPro: GFLOP/s, and the share of what one thread",
      "reaches here in registers alone."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  kairos bench --quick")
final class BenchCommand implements Callable<Integer> {
  @ParentCommand private KairosCommand kairos;

  @Option(names = "--quick", description = "Fewer sizes, some fifteen seconds.")
  private boolean quick;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  BenchCommand() {}

  @Override
  public Integer call() throws IOException {
    SpeedCheck.Speeds speeds = new SpeedCheck(quick).measure();
    if (json) {
      kairos.out().println(toJson(speeds));
    } else {
      print(speeds, kairos.out());
    }
    return 0;
  }

  private static void print(SpeedCheck.Speeds speeds, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s, Java %s, %s%n",
        BackendsCommand.processor(),
        Runtime.version().feature(),
        Messages.count(speeds.lanes(), "lane"));
    out.printf(Locale.ROOT, "peak, 1 thread %55.1f GFLOP/s%n", speeds.peak());
    for (SpeedCheck.Line line : speeds.matmul()) {
      int size = line.sizes().get(0);
      print(out, "matmul %d x %d x %d".formatted(size, size, size), line, speeds.peak());
    }
    for (SpeedCheck.Line line : speeds.conv1d()) {
      String name = "conv1d and gradients, %d channels".formatted(line.sizes().get(2));
      print(out, name, line, speeds.peak());
    }
    for (SpeedCheck.Line line : speeds.step()) {
      print(out, "step of BaS-Net, width 512", line, speeds.peak());
    }
    speeds
        .linPro()
        .forEach(
            (n, micros) ->
                out.printf(
                    Locale.ROOT, "%-46s %11.1f us%n", "LinPro, " + n + " instances", micros));
  }

  private static void print(PrintStream out, String name, SpeedCheck.Line line, double peak) {
    String threads = Messages.count(line.threads(), "thread");
    out.printf(
        Locale.ROOT,
        "%-46s %11.2f ms %8.1f GFLOP/s %5.0f %% of peak%n",
        name + ", " + threads,
        line.millis(),
        line.gflops(),
        100 * line.gflops() / (peak * line.threads()));
  }

  private static String toJson(SpeedCheck.Speeds speeds) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("peak_gflops", speeds.peak());
      lines(json, "matmul", List.of("m", "n", "k"), speeds.matmul());
      lines(json, "conv1d", List.of("batch", "time", "channels"), speeds.conv1d());
      json.writeArrayFieldStart("step");
      for (SpeedCheck.Line line : speeds.step()) {
        json.writeStartObject();
        json.writeStringField("method", "basnet");
        json.writeNumberField("threads", line.threads());
        json.writeNumberField("ms", line.millis());
        json.writeNumberField("gflops", line.gflops());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectFieldStart("linpro_us");
      for (Map.Entry<Integer, Double> entry : speeds.linPro().entrySet()) {
        json.writeNumberField(String.valueOf(entry.getKey()), entry.getValue());
      }
      json.writeEndObject();
      json.writeStringField("kairos", Provenance.KAIROS_VERSION);
      json.writeStringField("commit", Provenance.commit(TrainingSession.sources()));
      json.writeStringField("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      json.writeArrayFieldStart("flags");
      for (String flag : flags()) {
        json.writeString(flag);
      }
      json.writeEndArray();
      json.writeStringField("jdk", System.getProperty("java.runtime.version"));
      json.writeStringField("cpu", BackendsCommand.processor());
      json.writeNumberField("lanes", speeds.lanes());
      json.writeEndObject();
    }
    return text.toString();
  }

  /** What the JVM was started with, where the system says. */
  private static List<String> flags() {
    String[] words = ProcessHandle.current().info().arguments().orElse(new String[0]);
    return Arrays.stream(words).takeWhile(word -> !word.equals("-jar")).toList();
  }

  private static void lines(
      JsonGenerator json, String name, List<String> letters, List<SpeedCheck.Line> lines)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (SpeedCheck.Line line : lines) {
      json.writeStartObject();
      for (int i = 0; i < letters.size(); i++) {
        json.writeNumberField(letters.get(i), line.sizes().get(i));
      }
      json.writeNumberField("threads", line.threads());
      json.writeNumberField("gflops", line.gflops());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
