// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Fuzz;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;

/**
 * Duals and reduced costs are slopes of the optimal objective. It is convex in the bounds where the
 * least value is asked for, concave for the greatest; at a kink any slope between those of the two
 * sides is a dual.
 */
class SensitivitySignsTest {
  private static final double STEP = 1e-3;
  private static final double ALLOWED = 1e-6;

  @Test
  void theyAreSlopesByFiniteDifferences() {
    int smooth = 0;
    int kinks = 0;
    for (long seed : Fuzz.seeds(1500)) {
      LpModel model = new RandomModel(new SplittableRandom(seed)).model;
      LpSolution found = model.solve();
      if (!found.isOptimal()) {
        continue;
      }
      for (Row row : model.rows()) {
        double lower = row.lower();
        double upper = row.upper();
        double[] slopes = slopes(model, found, h -> row.bounds(lower + h, upper + h));
        String where = "seed " + seed + ", row " + row.name();
        between(model, slopes, found.dual(row), where);
        kinks += slopes[0] == slopes[1] ? 0 : 1;
        smooth += found.dual(row) != 0 && Math.abs(slopes[0] - slopes[1]) < ALLOWED ? 1 : 0;
      }
      for (Variable each : model.variables()) {
        double lower = each.lower();
        double upper = each.upper();
        double[] slopes = slopes(model, found, h -> each.bounds(lower + h, upper + h));
        String where = "seed " + seed + ", variable " + each.name();
        between(model, slopes, found.reducedCost(each), where);
        smooth += found.reducedCost(each) != 0 && slopes[0] == slopes[1] ? 1 : 0;
      }
    }
    assertTrue(smooth > 100 && kinks > 50, smooth + " smooth, " + kinks + " kinks");
  }

  /** The slope to the left and to the right; infinite where there is no optimum. */
  private static double[] slopes(LpModel model, LpSolution found, DoubleConsumer shift) {
    shift.accept(-STEP);
    LpSolution left = model.solve();
    shift.accept(STEP);
    LpSolution right = model.solve();
    shift.accept(0);
    double worst = model.maximizes() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    return new double[] {
      left.isOptimal() ? (found.objective() - left.objective()) / STEP : -worst,
      right.isOptimal() ? (right.objective() - found.objective()) / STEP : worst
    };
  }

  private static void between(LpModel model, double[] slopes, double dual, String where) {
    double least = model.maximizes() ? slopes[1] : slopes[0];
    double most = model.maximizes() ? slopes[0] : slopes[1];
    boolean fits = dual >= least - ALLOWED && dual <= most + ALLOWED;
    assertTrue(fits, where + ": " + dual + " is not in [" + least + ", " + most + "]");
  }
}
