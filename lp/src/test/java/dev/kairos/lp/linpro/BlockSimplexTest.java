// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.linpro.BlockState.Mode;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways that the solver falls back on, each on its own, and the check that guards them. */
class BlockSimplexTest {
  private final ColumnGroups columns = new ColumnGroups();
  private final BlockState state = new BlockState(columns);
  private final BlockSimplex simplex = new BlockSimplex(state);
  private final BlockCheck check = new BlockCheck(columns);
  private double[] z = new double[0];
  private double[] slack = new double[0];

  /** Loads a problem whose rows may be missed at a price, infinite if strict. */
  private void load(LinProProblem problem, double penalty) {
    columns.build(problem);
    state.reserve();
    simplex.reserve();
    check.reserve();
    state.inverse.reserve(columns.slots * columns.slots, columns.slots);
    z = new double[columns.groups];
    slack = new double[columns.slots];
    for (int s = 0; s < columns.slots; s++) {
      state.target[s] = problem.target(columns.rowOf[s]) * columns.scale[s];
      state.penalty[s] = penalty;
    }
  }

  private boolean isProved(int block, SignForm form) {
    return check.accept(block, state, form, z, slack, BlockCheck.TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("dev.kairos.lp.linpro.LinProOracleTest#variants")
  void allModesAgree(SignForm form, Weighting weighting) {
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LinProProblem problem =
          seed % 2 == 0
              ? Problems.feasible(random, 2 + random.nextInt(15), 150, weighting)
              : Problems.any(random, 2 + random.nextInt(15), 60, weighting);
      load(problem, seed % 3 == 0 ? 2.5 : Double.POSITIVE_INFINITY);
      for (int block = 0; block < columns.blocks; block++) {
        String what = "seed " + seed + ", block " + block;
        state.select(block, 0, form);
        state.startCold(Mode.PERTURBED);
        BlockSimplex.Outcome outcome = simplex.run();
        double objective = 0;
        if (outcome == BlockSimplex.Outcome.OPTIMAL) {
          state.polish();
          assertTrue(isProved(block, form), what);
          objective = check.objective;
        }
        for (Mode mode : new Mode[] {Mode.PLAIN, Mode.BLAND}) {
          state.startCold(mode);
          assertEquals(outcome, simplex.run(), what + ", " + mode);
          if (outcome == BlockSimplex.Outcome.INFEASIBLE) {
            assertTrue(check.isInfeasible(block, state.target, simplex.ray(), form), what);
            continue;
          }
          state.polish();
          assertTrue(isProved(block, form), what + ", " + mode);
          assertEquals(objective, check.objective, 1e-9 * (1 + objective), what + ", " + mode);
          assertTrue(state.refactor(), what);
          state.polish();
          state.refine();
          assertTrue(check.accept(block, state, form, z, slack, 1e-13), what + ", refactored");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SignForm.class)
  void theCheckAcceptsNothingElse(SignForm form) {
    int[][] cuts = {{8, 10, 20, 22}, {13, 15, 30, 33}, {24, 26, 36, 38}};
    load(
        new LinProProblem(40, cuts, new double[] {0.6, 0.4, 0.3}, Weighting.NORMALIZED),
        Double.POSITIVE_INFINITY);
    state.select(0, 0, form);
    state.startCold(Mode.PERTURBED);
    assertFalse(isProved(0, form), "rows that do not hold");
    assertEquals(BlockSimplex.Outcome.OPTIMAL, simplex.run());
    state.polish();
    assertTrue(isProved(0, form));
    for (double[] values : new double[][] {state.x, state.y}) {
      for (int s = 0; s < 3; s++) {
        double held = values[s];
        values[s] = held + 1e-6;
        assertFalse(isProved(0, form), "value " + s);
        values[s] = Double.NaN;
        assertFalse(isProved(0, form), "no number " + s);
        values[s] = held;
      }
    }
    assertFalse(check.isInfeasible(0, state.target, state.y, form));
  }

  @Test
  void anInverseIsOne() {
    int m = 9;
    SplittableRandom random = new SplittableRandom(4);
    double[][] matrix = new double[m][m]; // by column
    BasisInverse inverse = new BasisInverse();
    inverse.reserve(m * m, m);
    inverse.select(0, m);
    for (int k = 0; k < m; k++) {
      for (int i = 0; i < m; i++) {
        matrix[k][i] = random.nextInt(-2, 3);
      }
      inverse.setColumn(k, matrix[k]);
    }
    assertTrue(inverse.invert());
    for (int k = 0; k < m; k++) {
      double[] product = new double[m];
      inverse.addProduct(matrix[k], product, 0);
      for (int i = 0; i < m; i++) {
        assertEquals(i == k ? 1 : 0, product[i], 1e-11);
      }
    }
    for (int k = 0; k < m; k++) {
      inverse.setColumn(k, matrix[k == 3 ? 5 : k]);
    }
    assertFalse(inverse.invert(), "two equal columns");
  }

  @Test
  void rowsOfAnInverseLeaveOutWhatRoundingLeft() {
    BasisInverse inverse = new BasisInverse();
    inverse.reserve(25, 5);
    inverse.select(0, 5);
    double[] values = {0, -2, 1e-15, -1e-15, 1e-13};
    for (int k = 0; k < 5; k++) {
      inverse.setColumn(k, new double[] {7, values[k], 7, 7, 7});
    }
    double[] row = new double[5];
    int[] places = new int[6];
    assertEquals(2, inverse.row(1, row, places));
    assertArrayEquals(new double[] {0, -2, 0, 0, 1e-13}, row);
    assertArrayEquals(new int[] {1, 4}, Arrays.copyOf(places, 2));
  }

  @Test
  void sumsOfColumnsHaveEveryTermOnce() {
    int m = 7;
    SplittableRandom random = new SplittableRandom(8);
    double[][] matrix = new double[m][m]; // by column
    BasisInverse inverse = new BasisInverse();
    inverse.reserve(m * m, m);
    inverse.select(0, m);
    for (int k = 0; k < m; k++) {
      for (int i = 0; i < m; i++) {
        matrix[k][i] = random.nextInt(-9, 10);
      }
      inverse.setColumn(k, matrix[k]);
    }
    for (int count = 0; count <= m; count++) {
      double[] expected = new double[m + 2];
      double[] sum = new double[m + 2];
      Arrays.fill(expected, 3);
      Arrays.fill(sum, 3);
      inverse.clearTerms();
      for (int t = 0; t < count; t++) {
        int k = (3 * t + 1) % m;
        inverse.addTerm(k, t - 2);
        for (int i = 0; i < m; i++) {
          expected[2 + i] += (t - 2) * matrix[k][i];
        }
      }
      inverse.addTerms(sum, 2);
      assertArrayEquals(expected, sum, count + " terms");
    }
  }
}
