// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LinearProgramTest {
  @Test
  void entriesComeOutByColumnAndRowWithoutZeros() {
    LinearProgramBuilder builder = LinearProgram.builder().named("p").offset(2);
    builder.addRow(0, 1);
    builder.addRow("second", -1e20, 1e21);
    builder.addColumn("x", 1, -5, 5);
    builder.addColumn(-1, 0, 1);
    LinearProgram lp = builder.entry(1, 1, 4).entry(1, 0, 3).entry(0, 1, 0).entry(0, 0, 2).build();
    assertEquals(3, lp.entries());
    assertEquals(0, lp.entryRow(lp.start(0)));
    assertEquals(3, lp.entryValue(lp.start(0) + 1));
    assertEquals(1, lp.entryRow(lp.start(1)));
    assertEquals(Double.POSITIVE_INFINITY, lp.rowUpper(1));
    assertEquals(Double.NEGATIVE_INFINITY, lp.rowLower(1));
    assertEquals("R1", lp.rowName(0));
    assertEquals("second", lp.rowName(1));
    assertEquals("C2", lp.columnName(1));
    assertArrayEquals(new double[] {2, 7}, lp.activity(new double[] {1, 1}));
    assertEquals(2 + 3 - 1, lp.objective(new double[] {3, 1}));
    assertEquals(2 * 10 + 3 * 100, lp.dot(0, new double[] {10, 100}));
  }

  @Test
  void whatIsNoNumberOrNoPlaceIsRefused() {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.addRow(0, 1);
    builder.addColumn(0, 0, 1);
    assertThrows(IllegalArgumentException.class, () -> builder.addRow(Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> builder.addRow(1e20, 1e30));
    assertThrows(IllegalArgumentException.class, () -> builder.addColumn(Double.NaN, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> builder.addColumn(0, 0, -1e20));
    assertThrows(IllegalArgumentException.class, () -> builder.entry(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> builder.entry(0, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> builder.entry(0, 0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> builder.offset(Double.NaN));
    LinearProgram lp = builder.build();
    assertThrows(IllegalArgumentException.class, () -> lp.objective(new double[2]));
    builder.entry(0, 0, 1).entry(0, 0, 2);
    assertThrows(IllegalArgumentException.class, builder::build);
  }
}
