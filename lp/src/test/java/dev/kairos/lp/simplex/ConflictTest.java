// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Conflict;
import dev.kairos.lp.Fuzz;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import dev.kairos.lp.LpResult;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConflictTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final SimplexSolver SOLVER = new SimplexSolver(SimplexOptions.defaults());

  @Test
  void theRowsThatContradictEachOtherAreNamed() {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.addRow("harmless", -INFINITY, 100);
    builder.addRow("at least ten", 10, INFINITY);
    builder.addRow("little of x", -INFINITY, 3);
    int x = builder.addColumn("x", 0, 0, INFINITY);
    int y = builder.addColumn("y", 0, 0, 4);
    builder.entry(0, x, 1).entry(1, x, 1).entry(1, y, 1).entry(2, x, 1);
    LinearProgram lp = builder.build();
    Conflict found = Conflict.of(lp, (LpResult.Infeasible) SOLVER.solve(lp));
    assertEquals(
        List.of(new Conflict.Part("at least ten", 1, 10), new Conflict.Part("little of x", -1, 3)),
        found.rows());
    assertEquals(List.of(new Conflict.Part("y", 1, 4)), found.columns());
    assertEquals(7, found.demanded());
    assertEquals(4, found.reachable());
  }

  @Test
  void boundsThatCrossAreTheirOwnProof() {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.addColumn("x", 0, 2, 1);
    LinearProgram lp = builder.build();
    Conflict found = Conflict.of(lp, (LpResult.Infeasible) SOLVER.solve(lp));
    assertEquals(List.of(), found.rows());
    assertEquals("x", found.columns().get(0).name());
    assertTrue(found.demanded() > found.reachable());
  }

  @Test
  void whatProvesNothingIsRefused() {
    LinearProgram lp = Programs.beale();
    LpResult.Infeasible claim = new LpResult.Infeasible(new double[] {1, 0, 0}, 0);
    assertThrows(IllegalArgumentException.class, () -> Conflict.of(lp, claim));
  }

  @Test
  void withoutTheOtherRowsAndBoundsItIsStillInfeasible() {
    int met = 0;
    for (long seed : Fuzz.seeds(3000)) {
      LinearProgram lp = new RandomPrograms(new SplittableRandom(seed)).next();
      if (SOLVER.solve(lp) instanceof LpResult.Infeasible proof) {
        Conflict found = Conflict.of(lp, proof);
        assertTrue(found.demanded() > found.reachable(), "seed " + seed);
        LpResult again = SOLVER.solve(only(lp, found));
        assertTrue(again instanceof LpResult.Infeasible, "seed " + seed + ": " + found);
        met++;
      }
    }
    assertTrue(met > 300, met + " infeasible");
  }

  /** The program with all rows and bounds taken away that have no part in a proof. */
  private static LinearProgram only(LinearProgram lp, Conflict conflict) {
    Set<String> rows = names(conflict.rows());
    Set<String> columns = names(conflict.columns());
    LinearProgramBuilder builder = LinearProgram.builder();
    for (int i = 0; i < lp.rows(); i++) {
      boolean part = rows.contains(lp.rowName(i));
      builder.addRow(part ? lp.rowLower(i) : -INFINITY, part ? lp.rowUpper(i) : INFINITY);
    }
    for (int j = 0; j < lp.columns(); j++) {
      boolean part = columns.contains(lp.columnName(j));
      builder.addColumn(0, part ? lp.lower(j) : -INFINITY, part ? lp.upper(j) : INFINITY);
      for (int k = lp.start(j); k < lp.start(j + 1); k++) {
        builder.entry(lp.entryRow(k), j, lp.entryValue(k));
      }
    }
    return builder.build();
  }

  private static Set<String> names(List<Conflict.Part> parts) {
    return parts.stream().map(Conflict.Part::name).collect(Collectors.toSet());
  }
}
