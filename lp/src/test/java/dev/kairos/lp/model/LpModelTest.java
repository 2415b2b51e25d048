// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Basis;
import dev.kairos.lp.Conflict;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.simplex.SimplexOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LpModelTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Maximise 3x + 2y + 1, x + y no more than 4, x at most 3. */
  private static LpModel small() {
    LpModel model = LpModel.maximize("small").constant(1);
    Variable x = model.addVariable("x").cost(3).upper(3);
    Variable y = model.addVariable("y").cost(2);
    model.addRow("total").add(1, x).add(1, y).upper(4);
    return model;
  }

  @Test
  void everythingIsThereByNameAndInTheSenseOfTheModel() {
    LpSolution found = small().solve();
    assertEquals(SolutionStatus.OPTIMAL, found.status());
    assertEquals(12, found.objective());
    assertEquals(3, found.value("x"));
    assertEquals(1, found.value("y"));
    assertEquals(4, found.activity("total"));
    assertEquals(2, found.dual("total")); // one more in total is one more of y
    assertEquals(1, found.reducedCost("x")); // one more of x is one less of y
    assertEquals(0, found.reducedCost("y"));
    assertEquals(List.of("x", "y"), List.copyOf(found.values().keySet()));
    assertEquals(3.0, found.values().get("x"));
    assertEquals(2.0, found.duals().get("total"));
    assertEquals(1.0, found.reducedCosts().get("x"));
    assertEquals(4.0, found.activities().get("total"));
    assertTrue(found.certificate().valid());
    assertTrue(found.result() instanceof LpResult.Optimal);
    assertEquals("LpSolution[OPTIMAL, objective 12.0]", found.toString());
  }

  @Test
  void minimisingHasTheSignsTheOtherWayRound() {
    LpModel diet = LpModel.minimize("diet");
    Variable bread = diet.addVariable("bread").cost(2).lower(1);
    Variable beans = diet.addVariable("beans").cost(3);
    diet.addRow("energy").add(1, bread).add(2, beans).lower(10);
    LpSolution found = diet.solve();
    assertEquals(2 + 13.5, found.objective(), 1e-12);
    assertEquals(1.5, found.dual("energy"), 1e-12);
    assertEquals(0.5, found.reducedCost("bread"), 1e-12);
  }

  @Test
  void coefficientsAddUpAndCancel() {
    LpModel model = small();
    Row total = model.row("total");
    Variable x = model.variable("x");
    total.add(2, "x").add(-0.5, x);
    assertEquals(2.5, total.coefficient(x));
    total.set(0.1, x).add(0.2, x).add(-0.3, x); // not quite zero in floating point
    assertEquals(0, total.coefficient(x));
    assertEquals(1, model.program().entries());
    x.cost(0.1).addCost(0.2).addCost(-0.3);
    assertEquals(0, x.cost());
  }

  @Test
  void aChangedModelIsSolvedAgainFromWhereItWas() {
    LpModel model = small();
    model.solve();
    assertEquals(0, model.solve().iterations());
    model.row("total").upper(5);
    LpSolution wider = model.solve();
    assertEquals(14, wider.objective());
    assertEquals(0, wider.iterations());
    model.variable("y").cost(4);
    assertEquals(1 + 20, model.solve().objective());
    model.variable("y").upper(1);
    assertEquals(1 + 9 + 4, model.solve().objective());
    Variable z = model.addVariable("z").cost(10).upper(2);
    model.row("total").add(2, z);
    assertEquals(1 + 20 + 4, model.solve().objective());
    model.addRow("few z").add(1, z).bounds(-1, 1);
    assertEquals(1 + 10 + 4 + 6, model.solve().objective());
    model.addRow("much").add(1, "x").lower(100);
    assertEquals(SolutionStatus.INFEASIBLE, model.solve().status());
    model.row("much").lower(-INFINITY);
    assertEquals(1 + 10 + 4 + 6, model.solve().objective());
    assertEquals(14, wider.objective()); // as it was
    assertThrows(IllegalArgumentException.class, () -> wider.value(z));
    assertThrows(IllegalArgumentException.class, () -> wider.dual("much"));
  }

  @Test
  void aBasisCanBeTakenAlongAndForgotten() {
    LpModel model = small();
    model.solve();
    Basis basis = model.basis();
    LpModel twin = small().start(basis);
    assertEquals(0, twin.solve().iterations());
    assertEquals(12, twin.forget().solve().objective());
    twin.addVariable("more");
    refused("basis of 1 rows and 2 columns, model of 1 and 3", () -> twin.start(basis));
  }

  @Test
  void aProgramBecomesAModel() {
    LpModel copy = LpModel.of(small().program(), true);
    assertEquals(12, copy.solve().objective());
    assertEquals(3, copy.variable("x").cost());
    assertEquals(1, copy.row("total").coefficient(copy.variable("y")));
    LpModel plain = LpModel.of(small().program(), false);
    assertEquals(-12, plain.solve().objective());
    assertFalse(plain.maximizes());
  }

  @Test
  void emptyModelsHaveAnswers() {
    LpModel model = LpModel.maximize("nothing").constant(7);
    assertEquals(7, model.solve().objective());
    model.addRow("empty").bounds(-1, 1);
    LpSolution found = model.solve();
    assertEquals(0, found.activity("empty"));
    assertEquals(0, found.dual("empty"));
    model.row("empty").lower(0.5);
    assertEquals(SolutionStatus.INFEASIBLE, model.solve().status());
    model.row("empty").lower(0);
    model.addVariable("x").cost(1);
    assertEquals(SolutionStatus.UNBOUNDED, model.solve().status());
    model.variable("x").bounds(2, 1);
    assertEquals(SolutionStatus.INFEASIBLE, model.solve().status());
  }

  @Test
  void anyTextIsAName() {
    LpModel model = LpModel.maximize("Größe des Zeltes");
    Variable x = model.addVariable("höhe in m").cost(1);
    model.addRow("höhe in m").add(2, x).upper(5); // rows and variables do not share names
    model.addRow("  最大 \t").add(1, "höhe in m").upper(3);
    assertEquals(2.5, model.solve().value("höhe in m"));
    assertEquals(0.5, model.solve().dual("höhe in m"));
    assertEquals(2.5, model.solve().activity("  最大 \t"));
  }

  @Test
  void mistakesAreNamed() {
    LpModel model = small();
    Variable x = model.variable("x");
    Row total = model.row("total");
    refused("there is a variable \"x\" already", () -> model.addVariable("x"));
    refused("there is a row \"total\" already", () -> model.addRow("total"));
    refused("there is no variable \"z\"", () -> total.add(1, "z"));
    refused("there is no row \"z\"", () -> model.row("z"));
    refused("the name of a row must not be blank", () -> model.addRow(" "));
    refused("cost of \"x\" must be finite, not NaN", () -> x.cost(Double.NaN));
    refused("cost of \"x\" must be finite, not Infinity", () -> x.addCost(INFINITY));
    refused("constant of \"small\" must be finite, not -Infinity", () -> model.constant(-INFINITY));
    String of = "coefficient of \"x\" in the row of \"total\" must be finite, not ";
    refused(of + "NaN", () -> total.add(Double.NaN, x));
    refused(of + "Infinity", () -> total.set(1e308, x).add(1e308, x));
    refused("lower bound of \"x\" must be a number below 1e20, not NaN", () -> x.lower(Double.NaN));
    refused("upper bound of \"total\" must be a number above -1e20", () -> total.upper(-1e20));
    refused("lower bound of \"total\" must be", () -> total.bounds(INFINITY, INFINITY));
    refused("upper bound of \"total\" must be", () -> total.bounds(2, Double.NaN));
    assertEquals(-INFINITY, total.lower()); // nothing half done
    refused("variable \"x\" is of another model", () -> small().row("total").add(1, x));
    refused("variable \"x\" is of another model", () -> small().solve().value(x));
    refused("row \"total\" is of another model", () -> small().solve().dual(total));
  }

  @Test
  void withoutAnOptimumThereAreNoValues() {
    LpModel model = small();
    model.row("total").upper(INFINITY);
    LpSolution found = model.solve();
    assertEquals(SolutionStatus.UNBOUNDED, found.status());
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> found.value("x"));
    assertEquals("no optimal values: the solve ended unbounded", e.getMessage());
    assertTrue(found.values().isEmpty());
    assertTrue(found.certificate().valid());
    LpSolution stopped = small().solve(SimplexOptions.defaults().withMostIterations(0));
    assertEquals(SolutionStatus.STOPPED, stopped.status());
    e = assertThrows(IllegalStateException.class, stopped::objective);
    assertEquals("no optimal values: the solve ended stopped (iteration limit)", e.getMessage());
  }

  @Test
  void whatContradictsItselfIsNamed() {
    LpModel model = small();
    model.addRow("enough").add(1, "x").add(1, "y").lower(5);
    LpSolution found = model.solve();
    assertEquals(SolutionStatus.INFEASIBLE, found.status());
    List<String> rows = found.conflict().rows().stream().map(Conflict.Part::name).toList();
    assertEquals(List.of("total", "enough"), rows);
    assertEquals(-INFINITY, found.bound());
    model.row("enough").lower(4);
    LpSolution optimal = model.solve();
    assertThrows(IllegalStateException.class, optimal::conflict);
    assertEquals(optimal.objective(), optimal.bound());
  }

  @Test
  void aStoppedSolveSaysHowGoodItCouldBecome() {
    LpSolution stopped = small().solve(SimplexOptions.defaults().withMostIterations(0));
    assertTrue(stopped.bound() >= 12 && stopped.bound() <= 1 + 9 + 8.001, "" + stopped.bound());
    LpModel unbounded = small();
    unbounded.row("total").upper(INFINITY);
    assertEquals(INFINITY, unbounded.solve().bound());
  }

  private static void refused(String words, Executable call) {
    String said = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(said.startsWith(words), said);
  }
}
