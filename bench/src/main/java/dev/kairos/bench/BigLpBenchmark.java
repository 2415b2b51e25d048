// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.io.Mps;
import dev.kairos.lp.simplex.SimplexOptions;
import dev.kairos.lp.simplex.SimplexSolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Larger problems beside solvers that are commands. Ours is timed twice: warm, as the thread that
 * solves, and as a process of its own, whose compilers and collectors count too. Start and reading
 * are taken off all processes.
 */
final class BigLpBenchmark {
  private static final String COLD = "kairos-process";
  private static final double TOLERANCE = 1e-6;
  private static final int ROUNDS = 3;
  private static final double LONG_RUN = 3; // seconds
  private static final double LONG_ROUND = 5; // seconds
  private static final List<String> COMMANDS = List.of(COLD, "clp", "glpsol");

  private BigLpBenchmark() {}

  /** What a command says of its optimum, in the first group. */
  private static Pattern objective(String command) {
    return switch (command) {
      case COLD -> Pattern.compile("objective (\\S+)");
      case "clp" -> Pattern.compile("Optimal objective (\\S+)");
      default -> Pattern.compile("obj =\\s*(\\S+)");
    };
  }

  /** The commands of {@link #COMMANDS} that can be run here; others are named. */
  static List<String> present(PrintStream out) {
    List<String> here = new ArrayList<>();
    for (String command : COMMANDS) {
      if (command.equals(COLD) || ProcessClock.has(command)) {
        here.add(command);
      } else {
        out.println(command + " is left out: not on the path");
      }
    }
    return here;
  }

  /** Solves a problem with each in turns. */
  static List<LpNumbers.Line> measure(
      Path folder, String problem, double optimum, List<String> commands) throws IOException {
    Path file = Files.createTempFile("kairos-bench", ".mps");
    try (InputStream packed =
        new GZIPInputStream(Files.newInputStream(folder.resolve(problem + ".mps.gz")))) {
      Files.copy(packed, file, StandardCopyOption.REPLACE_EXISTING);
      Map<String, List<Double>> times = new LinkedHashMap<>();
      Map<String, Double> found = new LinkedHashMap<>();
      LinearProgram program = Mps.read(file).program();
      double first = 0;
      for (int round = 0; round < ROUNDS && first < LONG_ROUND; round++) {
        ours(program, round, times, found);
        for (String command : commands) {
          theirs(command, file, times, found);
        }
        first = times.values().stream().mapToDouble(all -> all.get(0)).sum();
      }
      List<LpNumbers.Line> lines = new ArrayList<>();
      times.forEach(
          (peer, all) -> {
            double value = found.getOrDefault(peer, Double.NaN);
            boolean right = Math.abs(value - optimum) <= TOLERANCE * Math.abs(optimum);
            double median = Report.median(all.stream().mapToDouble(t -> 1e3 * t).toArray());
            String status = right ? "solved" : Double.isNaN(value) ? "no optimum" : "wrong";
            lines.add(new LpNumbers.Line(problem, peer, status, median, value));
          });
      return lines;
    } finally {
      Files.delete(file);
    }
  }

  /** One more warm solve, after two that warm up; what takes long is warm by the end. */
  private static void ours(
      LinearProgram program,
      int round,
      Map<String, List<Double>> times,
      Map<String, Double> found) {
    int solves = round == 0 ? 3 : 1;
    for (int k = 0; k < solves; k++) {
      List<LpResult> result = new ArrayList<>();
      double seconds =
          CpuClock.time(
                  () -> result.add(new SimplexSolver(SimplexOptions.defaults()).solve(program)))
              / 1e9;
      if (k == solves - 1 || seconds > LONG_RUN) {
        times.computeIfAbsent(Peers.KAIROS, peer -> new ArrayList<>()).add(seconds);
        boolean optimal = result.get(0) instanceof LpResult.Optimal;
        found.put(
            Peers.KAIROS, optimal ? ((LpResult.Optimal) result.get(0)).objective() : Double.NaN);
        return;
      }
    }
  }

  private static void theirs(
      String command, Path file, Map<String, List<Double>> times, Map<String, Double> found) {
    double reading = ProcessClock.time(words(command, file, true)).seconds();
    ProcessClock.Run run = ProcessClock.time(words(command, file, false));
    times
        .computeIfAbsent(command, peer -> new ArrayList<>())
        .add(Math.max(1e-3, run.seconds() - reading));
    Matcher objective = objective(command).matcher(run.output());
    double last = Double.NaN;
    while (objective.find()) {
      last = Double.parseDouble(objective.group(1));
    }
    found.put(command, last);
  }

  private static List<String> words(String command, Path file, boolean readOnly) {
    return switch (command) {
      case COLD -> {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String path = System.getProperty("java.class.path");
        Stream<String> words =
            Stream.of(java.toString(), "-cp", path, SolveOnce.class.getName(), file.toString());
        yield Stream.concat(words, readOnly ? Stream.of("read") : Stream.of()).toList();
      }
      case "clp" ->
          readOnly
              ? List.of("clp", file.toString(), "-quit")
              : List.of("clp", file.toString(), "-solve", "-quit");
      default ->
          readOnly
              ? List.of("glpsol", "--mps", file.toString(), "--check")
              : List.of("glpsol", "--mps", file.toString(), "--dual");
    };
  }

  /** Times and ratios of each problem, with the geometric means of the ratios. */
  static String text(LpNumbers rows) {
    List<String> peers = rows.peers();
    List<String> others = peers.stream().filter(p -> !p.startsWith(Peers.KAIROS)).toList();
    StringBuilder text = new StringBuilder("| problem |");
    peers.forEach(peer -> text.append(" ").append(peer).append(", s |"));
    others.forEach(peer -> text.append(" kairos / ").append(peer).append(" |"));
    text.append("\n|---|").append("---:|".repeat(peers.size() + others.size())).append("\n");
    for (String problem : rows.cases()) {
      text.append("| ").append(problem).append(" |");
      for (String peer : peers) {
        double time = rows.value(problem, peer);
        text.append(
            Double.isNaN(time)
                ? " " + rows.status(problem, peer) + " |"
                : String.format(Locale.ROOT, " %.2f |", time / 1e3));
      }
      for (String peer : others) {
        double ratio = rows.value(problem, Peers.KAIROS) / rows.value(problem, peer);
        text.append(Double.isNaN(ratio) ? " |" : String.format(Locale.ROOT, " %.2f |", ratio));
      }
      text.append("\n");
    }
    text.append("| geometric mean |").append(" |".repeat(peers.size()));
    others.forEach(
        peer ->
            text.append(String.format(Locale.ROOT, " **%.2f** |", mean(rows, Peers.KAIROS, peer))));
    text.append("\n");
    if (peers.contains(COLD)) {
      text.append("\n");
      for (String peer : others) {
        text.append(
            String.format(
                Locale.ROOT,
                "A process of its own over %s, mean: **%.2f**.%n",
                peer,
                mean(rows, COLD, peer)));
      }
    }
    return text.toString();
  }

  /** The geometric mean of one over the other, where both solve. */
  static double mean(LpNumbers rows, String ours, String theirs) {
    return Math.exp(
        rows.cases().stream()
            .mapToDouble(c -> Math.log(rows.value(c, ours) / rows.value(c, theirs)))
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN));
  }
}
