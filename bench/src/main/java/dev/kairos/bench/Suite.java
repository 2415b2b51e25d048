// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Plays matches in rounds: in a round every contender of every match gets one JVM of its own, the
 * contenders of a match right after each other, in turns forwards and backwards. So what drifts
 * slowly, a neighbour's load or the processor's clock, meets all alike.
 */
public final class Suite {
  private final SuiteOptions chosen;
  private final PrintStream out;
  private final List<RunResult> results = new ArrayList<>();
  private final Map<Match, Map<String, List<Report.Sample>>> samples = new LinkedHashMap<>();

  private Suite(SuiteOptions chosen, PrintStream out) {
    this.chosen = chosen;
    this.out = out;
  }

  /** See {@link SuiteOptions#USAGE}; run in the root of the repository. */
  public static void main(String[] arguments) throws IOException, RunnerException {
    SuiteOptions options = Usage.parsed(() -> SuiteOptions.parse(arguments));
    Files.createDirectories(options.folder());
    new Suite(options, System.out).play("bench/run " + String.join(" ", arguments));
  }

  private void play(String command) throws IOException, RunnerException {
    List<Match> present = present();
    for (int round = 1; round <= chosen.rounds(); round++) {
      for (Match match : present) {
        List<String> order = new ArrayList<>(match.peers());
        if (round % 2 == 0) {
          Collections.reverse(order);
        }
        for (String peer : order) {
          play(match, peer, round);
        }
      }
      write(command);
    }
  }

  /** The matches, among those who can take part here. */
  private List<Match> present() {
    Map<String, String> missing = new LinkedHashMap<>();
    List<Match> present = new ArrayList<>();
    for (Match match : chosen.matches()) {
      List<String> here = new ArrayList<>();
      for (String peer : match.peers()) {
        Peers.whyMissing(peer)
            .ifPresentOrElse(reason -> missing.put(peer, reason), () -> here.add(peer));
      }
      present.add(match.among(here));
    }
    missing.forEach((peer, reason) -> out.println(peer + " is left out: " + reason));
    return present;
  }

  private void play(Match match, String peer, int round) throws RunnerException {
    String line = "round " + round + "/" + chosen.rounds() + "  " + match.title() + "  " + peer;
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(match.question().getName()) + "\\.run$")
            .forks(1)
            .jvmArgsAppend(Machine.flags().toArray(String[]::new))
            .param("peer", peer)
            .addProfiler(GCProfiler.class)
            .addProfiler(PeakMemory.class)
            .shouldFailOnError(false)
            .verbosity(VerboseMode.SILENT);
    match.parameters().forEach(options::param);
    if (chosen.takesLong()) {
      options.warmupIterations(1).measurementIterations(1);
    }
    if (!chosen.jvm().isEmpty()) {
      options.jvm(chosen.jvm());
    }
    Collection<RunResult> played = new Runner(options.build()).run();
    if (played.isEmpty()) {
      out.println(line + "  failed");
      return;
    }
    RunResult result = played.iterator().next();
    results.add(result);
    Report.Sample sample =
        new Report.Sample(
            round,
            1000 / result.getPrimaryResult().getScore(),
            secondary(result, "operations"),
            secondary(result, "gc.alloc.rate.norm"),
            secondary(result, PeakMemory.LABEL));
    samples
        .computeIfAbsent(match, m -> new LinkedHashMap<>())
        .computeIfAbsent(peer, p -> new ArrayList<>())
        .add(sample);
    out.printf("%s  %.3f ms%n", line, sample.milliseconds());
  }

  private static double secondary(RunResult result, String label) {
    double found = Double.NaN;
    for (String name : result.getSecondaryResults().keySet()) {
      if (name.endsWith(label)) {
        found = result.getSecondaryResults().get(name).getScore();
      }
    }
    return found;
  }

  /** Both files, with what has been measured so far. */
  private void write(String command) throws IOException {
    if (results.isEmpty()) {
      out.println("nothing to write");
      return;
    }
    Path raw = chosen.folder().resolve(chosen.name() + ".json");
    ResultFormatFactory.getInstance(ResultFormatType.JSON, raw.toString())
        .writeOut(OneEntryEach.of(results));
    Path table = chosen.folder().resolve(chosen.name() + ".md");
    Files.writeString(table, page(command));
    out.println(table);
  }

  private String page(String command) {
    BenchmarkParams first = results.get(0).getParams();
    return """
        # %s

        - Command: `%s`
        - Commit: %s
        - JDK: %s %s, `%s`
        - Processor: %s
        - Date: %s
        - Raw: [%s.json](%s.json)

        %s"""
        .formatted(
            chosen.name(),
            command,
            Machine.commit(),
            first.getVmName(),
            first.getVmVersion(),
            String.join(" ", Machine.flags()),
            Machine.processor(),
            LocalDate.now(ZoneOffset.UTC),
            chosen.name(),
            chosen.name(),
            Report.text(samples));
  }
}
