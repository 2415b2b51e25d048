// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Certificate;
import dev.kairos.lp.Fuzz;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.NetlibFolder;
import dev.kairos.lp.io.Mps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The units of costs, bounds, rows and columns do not matter. */
class UnitsTest {
  private static final SimplexSolver SOLVER = new SimplexSolver(SimplexOptions.defaults());

  @Test
  void statusAndOptimumAreTheSameInAnyUnits() {
    for (long seed : Fuzz.seeds(3000)) {
      SplittableRandom random = new SplittableRandom(seed);
      LinearProgram lp = new RandomPrograms(random).next();
      LpResult result = SOLVER.solve(lp);
      for (int powers = 2; powers <= 6; powers += 2) {
        double costs = Math.pow(10, random.nextInt(2 * powers + 1) - powers);
        double bounds = Math.pow(10, random.nextInt(2 * powers + 1) - powers);
        LinearProgram other = inUnits(lp, costs, bounds, powers, random);
        String which = "seed " + seed + ", " + powers + " powers of ten";
        check(other, result, SOLVER.solve(other), costs * bounds, which);
      }
    }
  }

  private static void check(
      LinearProgram lp, LpResult expected, LpResult found, double factor, String which) {
    String said = which + ": " + expected + ", then " + found;
    assertEquals(expected.getClass(), found.getClass(), said);
    Certificate certificate = Certificate.verify(lp, found);
    assertTrue(certificate.valid(), said + certificate);
    if (found instanceof LpResult.Optimal optimal) {
      double before = ((LpResult.Optimal) expected).objective();
      assertEquals(before, optimal.objective() / factor, 1e-9 * (1 + Math.abs(before)), said);
    }
  }

  /** Multiplies; rows and columns each by a power of ten of their own. */
  private static LinearProgram inUnits(
      LinearProgram lp, double costs, double bounds, int powers, SplittableRandom random) {
    LinearProgramBuilder builder = LinearProgram.builder().offset(lp.offset() * costs * bounds);
    double[] row = new double[lp.rows()];
    for (int i = 0; i < row.length; i++) {
      row[i] = powers == 0 ? 1 : Math.pow(10, random.nextInt(2 * powers + 1) - powers);
      builder.addRow(lp.rowLower(i) * row[i] * bounds, lp.rowUpper(i) * row[i] * bounds);
    }
    for (int j = 0; j < lp.columns(); j++) {
      double by = powers == 0 ? 1 : Math.pow(10, random.nextInt(2 * powers + 1) - powers);
      builder.addColumn(
          lp.cost(j) * costs * by, lp.lower(j) * bounds / by, lp.upper(j) * bounds / by);
      for (int k = lp.start(j); k < lp.start(j + 1); k++) {
        builder.entry(lp.entryRow(k), j, lp.entryValue(k) * by * row[lp.entryRow(k)]);
      }
    }
    return builder.build();
  }

  /** The real ones, the smaller of them; costs in units of 1e-8 were out of reach once. */
  @ParameterizedTest
  @CsvSource({"1e8, 1", "1e-8, 1", "1, 1e6", "1, 1e-6", "1e6, 1e3"})
  void netlibInOtherUnits(double costs, double bounds) throws IOException {
    Map<String, Double> optimal = NetlibFolder.optimal();
    for (Path file : NetlibFolder.feasible()) {
      LinearProgram lp = Mps.read(file).program();
      if (lp.rows() <= 500) {
        LinearProgram other = inUnits(lp, costs, bounds, 0, new SplittableRandom(0));
        String name = NetlibFolder.name(file);
        LpResult found = SOLVER.solve(other);
        assertTrue(found instanceof LpResult.Optimal, name + ": " + found);
        double expected = optimal.get(name);
        double objective = ((LpResult.Optimal) found).objective() / costs / bounds;
        assertEquals(expected, objective, 1e-6 * Math.max(1, Math.abs(expected)), name);
      }
    }
  }
}
