// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.io.Mps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The feasible problems of a Netlib folder, which has {@code optimal.json}. What is timed is the
 * solver alone, from a fresh model: ours with presolve and certificate, theirs with theirs.
 */
final class NetlibBenchmark {
  static final List<String> PEERS = List.of(Peers.KAIROS, OjalgoModelLp.NAME, "glop");

  private static final Pattern ENTRY = Pattern.compile("\"([^\"]+)\"\\s*:\\s*([-+0-9.eE]+)");
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final double TOLERANCE = 1e-6;
  private static final long WARM_UP = 150_000_000;
  private static final long LONG_RUN = 1_500_000_000;
  private static final double SHIFT = 10; // ms

  private NetlibBenchmark() {}

  /** The optimum of each problem, in order of name; empty if the folder is not there. */
  static Map<String, Double> optimal(Path folder) throws IOException {
    Map<String, Double> values = new TreeMap<>();
    Path file = folder.resolve("optimal.json");
    if (Files.exists(file)) {
      Matcher entry = ENTRY.matcher(Files.readString(file));
      while (entry.find()) {
        values.put(entry.group(1), Double.valueOf(entry.group(2)));
      }
    }
    return values;
  }

  /** Solves a problem with each peer: to check, to warm up, and then in turns. */
  static List<LpNumbers.Line> measure(
      Path folder, String problem, double optimum, List<String> peers) throws IOException {
    LinearProgram program = Mps.read(folder.resolve(problem + ".mps.gz")).program();
    List<Player> players = new ArrayList<>();
    for (String peer : peers) {
      players.add(Player.warm(peer, LpPeer.find(peer).orElseThrow().open(program, true, LIMIT)));
    }
    for (int round = 0; round < 5; round++) {
      for (Player player : players) {
        if (round < player.rounds()) {
          player.times().add(run(player.contender()) / 1e6);
        }
      }
    }
    List<LpNumbers.Line> lines = new ArrayList<>();
    for (Player player : players) {
      double[] point = player.contender().point();
      double objective = LpCheck.objective(program, point, TOLERANCE);
      boolean right = Math.abs(objective - optimum) <= TOLERANCE * Math.max(1, Math.abs(optimum));
      lines.add(
          new LpNumbers.Line(
              problem,
              player.peer(),
              right ? "solved" : point.length == 0 ? "no optimum" : "wrong",
              Report.median(player.times().stream().mapToDouble(t -> t).toArray()),
              objective));
      player.contender().close();
    }
    return lines;
  }

  /**
   * A peer with a problem.
   *
   * @param times milliseconds
   * @param rounds how often to time it yet
   */
  private record Player(String peer, LpContender contender, List<Double> times, int rounds) {
    /** What takes long, or finds nothing, is timed once; the rest runs until it is warm. */
    static Player warm(String peer, LpContender contender) {
      long first = run(contender);
      if (first > LONG_RUN || contender.point().length == 0) {
        return new Player(peer, contender, new ArrayList<>(List.of(first / 1e6)), 0);
      }
      long spent = first;
      while (spent < WARM_UP) {
        spent += run(contender);
      }
      return new Player(peer, contender, new ArrayList<>(), first > WARM_UP ? 3 : 5);
    }
  }

  private static long run(LpContender contender) {
    contender.build();
    return CpuClock.time(contender::solve);
  }

  /** Counts, failures by name, means over what all solve, and the table. */
  static String text(LpNumbers rows) {
    List<String> common = common(rows);
    StringBuilder text = new StringBuilder();
    text.append("| peer | solved | not solved | shifted mean, ms | kairos / peer | plain |\n");
    text.append("|---|---:|---|---:|---:|---:|\n");
    for (String peer : rows.peers()) {
      List<String> failed =
          rows.cases().stream()
              .filter(c -> !rows.status(c, peer).equals("solved"))
              .map(c -> c + " (" + rows.status(c, peer) + ")")
              .toList();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d of %d | %s | %.2f | **%.2f** | %.2f |%n",
              peer,
              rows.cases().size() - failed.size(),
              rows.cases().size(),
              String.join(", ", failed),
              mean(rows, common, peer, SHIFT),
              ratio(rows, common, peer, SHIFT),
              ratio(rows, common, peer, 0)));
    }
    text.append("\nMeans over the ").append(common.size()).append(" problems that all solve.\n\n");
    text.append("| problem |");
    rows.peers().forEach(peer -> text.append(" ").append(peer).append(", ms |"));
    text.append("\n|---|").append("---:|".repeat(rows.peers().size())).append("\n");
    for (String problem : rows.cases()) {
      text.append("| ").append(problem).append(" |");
      for (String peer : rows.peers()) {
        double time = rows.value(problem, peer);
        text.append(
            Double.isNaN(time)
                ? " " + rows.status(problem, peer) + " |"
                : String.format(Locale.ROOT, " %.2f |", time));
      }
      text.append("\n");
    }
    return text.toString();
  }

  /** Ours over theirs, of the shifted geometric means over what all solve. */
  static double ratio(LpNumbers rows, String peer) {
    return ratio(rows, common(rows), peer, SHIFT);
  }

  private static List<String> common(LpNumbers rows) {
    return rows.cases().stream()
        .filter(c -> rows.peers().stream().allMatch(p -> Double.isFinite(rows.value(c, p))))
        .toList();
  }

  private static double ratio(LpNumbers rows, List<String> common, String peer, double shift) {
    return mean(rows, common, Peers.KAIROS, shift) / mean(rows, common, peer, shift);
  }

  private static double mean(LpNumbers rows, List<String> common, String peer, double shift) {
    return Math.exp(
            common.stream()
                .mapToDouble(c -> Math.log(rows.value(c, peer) + shift))
                .average()
                .orElse(Double.NaN))
        - shift;
  }
}
