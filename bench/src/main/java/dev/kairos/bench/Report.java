// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of a suite's measurements, in Markdown. */
final class Report {
  /**
   * What one JVM measured.
   *
   * @param round when
   * @param milliseconds a run
   * @param rate operations a second
   * @param allocated bytes of heap a run
   * @param peak most resident memory of the process, MiB; NaN if unknown
   */
  record Sample(int round, double milliseconds, double rate, double allocated, double peak) {}

  private static final String HEADER =
      """
      Medians over rounds, each in a JVM of its own. "Theirs / ours" is the median over rounds of the two
      times' ratio: above 1 ours is faster. Gop/s counts the floating-point operations of the products, or
      the bytes of operations that memory bounds. Peak is all memory of the process.

      | question | peer | ms (least..most) | Gop/s | theirs / ours | heap a run, KiB | peak, MiB |
      |---|---|---:|---:|---:|---:|---:|
      """;

  private Report() {}

  /**
   * The table, and how to read it.
   *
   * @param samples of each match, for each peer one a round
   */
  static String text(Map<Match, Map<String, List<Sample>>> samples) {
    StringBuilder text = new StringBuilder(HEADER);
    samples.forEach(
        (match, byPeer) ->
            byPeer.forEach((peer, own) -> text.append(row(match, peer, own, byPeer))));
    return text.toString();
  }

  private static String row(
      Match match, String peer, List<Sample> own, Map<String, List<Sample>> byPeer) {
    double[] times = own.stream().mapToDouble(Sample::milliseconds).sorted().toArray();
    List<Sample> ours = byPeer.getOrDefault(Peers.KAIROS, List.of());
    String ratio = "";
    if (!peer.equals(Peers.KAIROS) && !ours.isEmpty()) {
      ratio = String.format(Locale.ROOT, "%.2f", ratio(ours, own));
    }
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s (%s..%s) | %.1f | %s | %.0f | %.0f |%n",
        match.title(),
        peer,
        time(median(times)),
        time(times[0]),
        time(times[times.length - 1]),
        median(own.stream().mapToDouble(Sample::rate).toArray()) / 1e9,
        ratio,
        median(own.stream().mapToDouble(Sample::allocated).toArray()) / 1024,
        median(own.stream().mapToDouble(Sample::peak).toArray()));
  }

  /** The median over rounds of theirs over ours: neighbours in time share what disturbed both. */
  static double ratio(List<Sample> ours, List<Sample> theirs) {
    return median(
        ours.stream()
            .flatMapToDouble(
                one ->
                    theirs.stream()
                        .filter(other -> other.round() == one.round())
                        .mapToDouble(other -> other.milliseconds() / one.milliseconds()))
            .toArray());
  }

  /** The middle value, or the mean of the two in the middle. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  private static String time(double milliseconds) {
    int digits = milliseconds < 1 ? 4 : milliseconds < 10 ? 2 : milliseconds < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f", milliseconds);
  }
}
