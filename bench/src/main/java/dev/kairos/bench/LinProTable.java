// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Times all cells of LinPro, the peers of a cell block by block in turn within one JVM. */
final class LinProTable {
  static final List<String> PEERS = List.of(Peers.KAIROS, Peers.OJALGO, "glop", "commons-math");

  private static final double TOLERANCE = 1e-9;
  private static final long WARM_UP = 400_000_000;
  private static final long BLOCK = 8_000_000;
  private static final int ROUNDS = 9;

  private LinProTable() {}

  /**
   * Checks and times the peers of a cell.
   *
   * @return for each peer microseconds a problem, the median over rounds; not a number where its
   *     answers are wrong
   */
  static Map<String, Double> measure(LinProCase cell, List<String> peers) {
    double[] expected;
    try (Contender reference = LinProContenders.open(Peers.REFERENCE, cell)) {
      expected = reference.answer();
    }
    Map<String, Contender> open = new LinkedHashMap<>();
    Map<String, Double> found = new LinkedHashMap<>();
    for (String peer : peers) {
      Contender contender = LinProContenders.open(peer, cell);
      found.put(peer, Double.NaN);
      if (agrees(peer, expected, contender.answer())) {
        open.put(peer, contender);
      } else {
        contender.close();
      }
    }
    Map<String, Integer> repeats = new LinkedHashMap<>();
    open.forEach((peer, contender) -> repeats.put(peer, warm(contender)));
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      open.forEach(
          (peer, contender) -> {
            int n = repeats.getOrDefault(peer, 1);
            long nanoseconds = CpuClock.time(() -> repeat(contender, n));
            times
                .computeIfAbsent(peer, p -> new ArrayList<>())
                .add(nanoseconds / 1e3 / n / LinProCase.PROBLEMS);
          });
    }
    times.forEach(
        (peer, own) ->
            found.put(
                peer, Report.median(own.stream().mapToDouble(Double::doubleValue).toArray())));
    open.values().forEach(Contender::close);
    return found;
  }

  private static boolean agrees(String peer, double[] expected, double[] answer) {
    for (int p = 0; p < expected.length; p++) {
      double allowed = TOLERANCE * (1 + Math.abs(expected[p]));
      if (!(Math.abs(expected[p] - answer[p]) <= allowed)) {
        if (peer.equals(Peers.KAIROS)) {
          throw new IllegalStateException(
              "problem " + p + ": expected " + expected[p] + ", found " + answer[p]);
        }
        return false;
      }
    }
    return true;
  }

  /** Runs until warm and says how many runs fill a block. */
  private static int warm(Contender contender) {
    long start = CpuClock.now();
    int runs = 0;
    long last = 1;
    while (CpuClock.now() - start < WARM_UP) {
      int batch = Math.max(1, runs / 8);
      last = Math.max(1, CpuClock.time(() -> repeat(contender, batch)) / batch);
      runs += batch;
    }
    return (int) Math.max(1, BLOCK / last);
  }

  private static void repeat(Contender contender, int n) {
    for (int i = 0; i < n; i++) {
      contender.run();
    }
  }

  /**
   * The table.
   *
   * @param rows peer, cell and so on as in the file of raw numbers
   */
  static String text(LpNumbers rows) {
    StringBuilder text = new StringBuilder();
    List<String> others = PEERS.stream().filter(p -> !p.equals(Peers.KAIROS)).toList();
    text.append("| cell | groups | kairos, microseconds |");
    others.forEach(peer -> text.append(" kairos / ").append(peer).append(" |"));
    text.append("\n|---|---:|---:|").append("---:|".repeat(others.size())).append("\n");
    for (String cell : rows.cases()) {
      double ours = rows.value(cell, Peers.KAIROS);
      int[] groups = LinProCase.parse(cell).groups();
      text.append(
          String.format(Locale.ROOT, "| %s | %d..%d | %.2f |", cell, groups[0], groups[1], ours));
      for (String peer : others) {
        double theirs = rows.value(cell, peer);
        text.append(
            Double.isNaN(theirs)
                ? rows.has(cell, peer) ? " wrong |" : " - |"
                : String.format(Locale.ROOT, " %.3f |", ours / theirs));
      }
      text.append("\n");
    }
    text.append("| geometric mean | | |");
    for (String peer : others) {
      text.append(String.format(Locale.ROOT, " **%.3f** |", mean(rows, peer)));
    }
    return text.append("\n").toString();
  }

  /** The geometric mean over the cells of ours over theirs; not a number without any. */
  static double mean(LpNumbers rows, String peer) {
    return Math.exp(
        rows.cases().stream()
            .mapToDouble(cell -> rows.value(cell, Peers.KAIROS) / rows.value(cell, peer))
            .filter(Double::isFinite)
            .map(Math::log)
            .average()
            .orElse(Double.NaN));
  }
}
