// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static Report.Sample sample(int round, double milliseconds) {
    return new Report.Sample(round, milliseconds, 2e9, 2048, 100);
  }

  @Test
  void pairsTheRoundsThatBothPlayed() {
    List<Report.Sample> ours = List.of(sample(1, 10), sample(2, 20), sample(3, 40));
    List<Report.Sample> theirs = List.of(sample(1, 5), sample(3, 80));
    assertEquals((0.5 + 2) / 2, Report.ratio(ours, theirs), 1e-12);
  }

  @Test
  void medianOfNothingIsNotANumber() {
    assertTrue(Double.isNaN(Report.median(new double[0])));
    assertEquals(3, Report.median(new double[] {9, 3, 1}));
    assertEquals(2.5, Report.median(new double[] {4, 1}));
  }

  @Test
  void oneRowForEachPeer() {
    Map<String, List<Report.Sample>> byPeer = new LinkedHashMap<>();
    byPeer.put("kairos", List.of(sample(1, 20), sample(2, 22)));
    byPeer.put("libtorch", List.of(sample(1, 30), sample(2, 33)));
    Match match = Match.of(MatmulBenchmark.class, "512", 1, "kairos", "libtorch");
    String text = Report.text(Map.of(match, byPeer));
    assertTrue(
        text.contains("| Matmul 512, 1 thread | kairos | 21.0 (20.0..22.0) | 2.0 |  | 2 | 100 |\n"),
        text);
    assertTrue(
        text.contains(
            "| Matmul 512, 1 thread | libtorch | 31.5 (30.0..33.0) | 2.0 | 1.50 | 2 | 100 |\n"),
        text);
  }
}
