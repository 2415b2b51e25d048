// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalBenchmarkTest {
  @Test
  void peersInJavaSolveEveryProgram(@TempDir Path folder) throws IOException {
    List<String> peers = List.of(Peers.KAIROS, RenewalBenchmark.VERTEX, Peers.OJALGO);
    List<LpNumbers.Line> lines = RenewalBenchmark.measure(new RenewalCase(3, 120, 2), peers);
    assertEquals(peers, lines.stream().map(LpNumbers.Line::peer).toList());
    LpNumbers numbers = new LpNumbers(folder.resolve("raw.csv"), "milliseconds");
    for (LpNumbers.Line line : lines) {
      assertEquals("3x120x2", line.name());
      assertEquals(6, line.objective(), line.toString());
      assertTrue(line.time() > 0, line.toString());
      numbers.put(line);
    }
    String text = RenewalBenchmark.text(numbers);
    assertTrue(text.contains("| its programs solved | 6 | 6 | 6 |"), text);
  }
}
