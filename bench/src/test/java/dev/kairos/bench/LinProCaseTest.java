// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.linpro.SignForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinProCaseTest {
  @Test
  void readsWhatItWrites() {
    LinProCase given = LinProCase.parse("free-30x3000");
    assertEquals(new LinProCase(SignForm.FREE, 30, 3000), given);
    assertEquals("free-30x3000", given.toString());
    assertThrows(IllegalArgumentException.class, () -> LinProCase.parse("free-30"));
  }

  @Test
  void groupsKeepEveryPositionWithAColumn() {
    LinProCase given = LinProCase.parse("box-10x300");
    LinearProgram program = given.collapsed(given.problems().get(0));
    double positions = 0;
    for (int j = 0; j < program.columns(); j++) {
      assertTrue(program.start(j + 1) > program.start(j));
      positions += program.upper(j);
    }
    assertTrue(positions > 30 && positions <= 300, () -> "positions in groups");
    assertTrue(given.groups()[1] <= 40);
  }

  @Test
  void pointsBeyondABoundHaveNoObjective() {
    LinearProgram program = LinearProgram.builder().build();
    assertEquals(0, LpCheck.objective(program, new double[0], 1e-9));
    assertTrue(Double.isNaN(LpCheck.objective(program, new double[1], 1e-9)));
    var builder = LinearProgram.builder();
    builder.addRow(1, 1);
    builder.entry(0, builder.addColumn(3, 0, 2), 1);
    LinearProgram one = builder.build();
    assertEquals(3, LpCheck.objective(one, new double[] {1}, 1e-9));
    assertTrue(Double.isNaN(LpCheck.objective(one, new double[] {1.1}, 1e-9)));
    assertTrue(Double.isNaN(LpCheck.objective(one, new double[] {-1}, 1e-9)));
  }

  @Test
  void meansLeaveOutWhatWasNotSolvedByAll(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("raw.csv");
    LpNumbers numbers = new LpNumbers(file, "milliseconds");
    numbers.put(new LpNumbers.Line("a", "kairos", "solved", 10, 1));
    numbers.put(new LpNumbers.Line("a", "glop", "solved", 30, 1));
    numbers.put(new LpNumbers.Line("b", "kairos", "solved", 1000, 1));
    numbers.put(new LpNumbers.Line("b", "glop", "no optimum", 1, Double.NaN));
    numbers.write(List.of("Command: `c`"));
    LpNumbers again = new LpNumbers(file, "milliseconds");
    assertEquals(List.of("Command: `c`"), again.notes());
    assertArrayEquals(new String[] {"a", "b"}, again.cases().toArray());
    assertEquals(1.0 / 3, NetlibBenchmark.ratio(again, "glop"), 1e-12);
    String text = NetlibBenchmark.text(again);
    assertTrue(text.contains("| glop | 1 of 2 | b (no optimum) |"), text);
  }
}
