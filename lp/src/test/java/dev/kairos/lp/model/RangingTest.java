// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Fuzz;
import dev.kairos.lp.Range;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;

class RangingTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private int ends;
  private int kinks;

  @Test
  void aProgramWorkedByHand() {
    LpModel model = LpModel.maximize("small");
    Variable x = model.addVariable("x").cost(3).upper(3);
    Variable y = model.addVariable("y").cost(2);
    Row total = model.addRow("total").add(1, x).add(1, y).upper(4);
    Row loose = model.addRow("loose").add(1, y).upper(9);
    LpRanging ranging = model.solve().ranging(); // x = 3, y = 1
    assertEquals(new Range(2, INFINITY), ranging.cost(x));
    assertEquals(new Range(0, 3), ranging.cost(y));
    assertEquals(new Range(3, 12), ranging.upper(total)); // at 12 y reaches 9
    assertEquals(new Range(-INFINITY, 4), ranging.lower(total));
    assertEquals(new Range(0, 4), ranging.upper(x));
    assertEquals(new Range(-INFINITY, 3), ranging.lower(x));
    assertEquals(new Range(1, INFINITY), ranging.upper(loose));
    assertEquals(new Range(1, INFINITY), ranging.upper(y));
    assertEquals(new Range(-INFINITY, 1), ranging.lower(y));
    Variable late = model.addVariable("late");
    assertThrows(IllegalArgumentException.class, () -> ranging.cost(late));
    total.upper(INFINITY);
    loose.upper(INFINITY);
    LpSolution unbounded = model.solve();
    assertThrows(IllegalStateException.class, unbounded::ranging);
  }

  @Test
  void theObjectiveIsAsTheRangesSayUpToTheirEnds() {
    for (long seed : Fuzz.seeds(800)) {
      LpModel model = new RandomModel(new SplittableRandom(seed)).model;
      LpSolution found = model.solve();
      if (!found.isOptimal()) {
        continue;
      }
      LpRanging ranging = found.ranging();
      for (Variable each : model.variables()) {
        String name = "seed " + seed + ", " + each.name();
        double cost = each.cost();
        ends(model, found, cost, ranging.cost(each), found.value(each), each::cost, name + " cost");
        double lower = each.lower();
        double upper = each.upper();
        double slope = found.reducedCost(each);
        if (lower == upper) {
          DoubleConsumer both = at -> each.bounds(at, at);
          ends(model, found, lower, ranging.lower(each), slope, both, name + " fixed");
        } else {
          boolean low = found.value(each) == lower && slope != 0;
          boolean high = found.value(each) == upper && slope != 0;
          ends(
              model,
              found,
              lower,
              ranging.lower(each),
              low ? slope : 0,
              each::lower,
              name + " lower");
          ends(
              model,
              found,
              upper,
              ranging.upper(each),
              high ? slope : 0,
              each::upper,
              name + " upper");
        }
      }
      for (Row row : model.rows()) {
        String name = "seed " + seed + ", " + row.name();
        double slope = found.dual(row);
        double lower = row.lower();
        double upper = row.upper();
        if (lower == upper) {
          ends(model, found, lower, ranging.lower(row), slope, row::equalTo, name + " equal");
        } else {
          boolean below = model.maximizes() ? slope < 0 : slope > 0;
          double high = below ? 0 : slope;
          ends(model, found, lower, ranging.lower(row), slope - high, row::lower, name + " lower");
          ends(model, found, upper, ranging.upper(row), high, row::upper, name + " upper");
        }
      }
    }
    assertTrue(ends > 1000 && kinks > 300, ends + " ends, " + kinks + " kinks");
  }

  /** Solves at both ends of a range, and beyond them. */
  private void ends(
      LpModel model,
      LpSolution found,
      double at,
      Range range,
      double slope,
      DoubleConsumer change,
      String where) {
    if (Double.isInfinite(at)) {
      return;
    }
    assertTrue(range.least() <= at + 1e-9 && at <= range.most() + 1e-9, where + ": " + range);
    for (int side = -1; side <= 1; side += 2) {
      double end = side < 0 ? range.least() : range.most();
      double far = Double.isInfinite(end) ? at + side * 1000 : end;
      change.accept(far);
      LpSolution there = model.solve();
      if (!there.isOptimal()) { // rounding at the very end
        change.accept(far - side * 1e-9);
        there = model.solve();
      }
      String said = where + " " + at + " in " + range + " to " + far + ": " + there;
      assertTrue(there.isOptimal(), said);
      double expected = found.objective() + slope * (far - at);
      assertEquals(expected, there.objective(), 1e-6 * (1 + Math.abs(expected)), said);
      ends++;
      if (!Double.isInfinite(end)) {
        change.accept(end + side);
        LpSolution beyond = model.solve();
        double straight = found.objective() + slope * (end + side - at);
        boolean kink = !beyond.isOptimal() || Math.abs(beyond.objective() - straight) > 1e-6;
        kinks += kink ? 1 : 0;
      }
      change.accept(at);
    }
  }
}
