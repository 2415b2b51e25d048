// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.model;

import dev.kairos.lp.Certificate;
import dev.kairos.lp.Conflict;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/**
 * The answer of one solve, by name and in the sense of the model. It stays as it is when the model
 * changes.
 *
 * <p>Signs: a dual says by how much the optimal objective, as the model states it, changes when the
 * bound that holds the row is raised by one, for as long as the basis stays optimal; a reduced cost
 * says the same of the bound that holds a variable. So where the greatest value is asked for, an
 * upper bound that holds has a number that is at least 0 and a lower bound one that is at most 0;
 * where the least value is asked for, it is the other way round. Both are 0 where no bound holds.
 * In either sense the reduced cost of a variable is its cost less the sum of its coefficients times
 * the duals of their rows.
 */
public final class LpSolution {
  private final LpModel model;
  private final LinearProgram program;
  private final LpResult result;
  private final Certificate certificate;
  private final double[] x;
  private final double[] duals;
  private final double[] activity;
  private final double[] reducedCosts;

  LpSolution(LpModel model, LinearProgram program, LpResult result) {
    this.model = model;
    this.program = program;
    this.result = result;
    certificate = Certificate.verify(program, result);
    boolean optimal = result instanceof LpResult.Optimal;
    x = result instanceof LpResult.Optimal found ? found.x() : new double[0];
    duals = result instanceof LpResult.Optimal found ? found.duals() : new double[0];
    activity = optimal ? program.activity(x) : x;
    reducedCosts = optimal ? program.reducedCosts(duals) : x;
  }

  /** What is known. */
  public SolutionStatus status() {
    if (result instanceof LpResult.Optimal) {
      return SolutionStatus.OPTIMAL;
    }
    if (result instanceof LpResult.Infeasible) {
      return SolutionStatus.INFEASIBLE;
    }
    return result instanceof LpResult.Unbounded ? SolutionStatus.UNBOUNDED : SolutionStatus.STOPPED;
  }

  /** Whether the values are optimal. */
  public boolean isOptimal() {
    return result instanceof LpResult.Optimal;
  }

  /**
   * The optimal value of the objective, its constant included.
   *
   * @throws IllegalStateException if nothing optimal was found
   */
  public double objective() {
    return model.inSense(optimal().objective());
  }

  /**
   * How good the objective can be at most: no values that meet all rows and bounds are better. The
   * objective itself where it is optimal; infinite where nothing is known, or there is no end; the
   * worst infinity where nothing meets the rows and bounds.
   */
  public double bound() {
    if (result instanceof LpResult.Optimal optimal) {
      return model.inSense(optimal.objective());
    }
    if (result instanceof LpResult.Infeasible) {
      return model.inSense(Double.POSITIVE_INFINITY);
    }
    return model.inSense(
        result instanceof LpResult.Stopped stopped ? stopped.bound() : Double.NEGATIVE_INFINITY);
  }

  /**
   * The rows and the bounds of variables that prove by name that nothing meets them all.
   *
   * @throws IllegalStateException if that was not proved
   */
  public Conflict conflict() {
    if (result instanceof LpResult.Infeasible proof) {
      return Conflict.of(program, proof);
    }
    throw new IllegalStateException("no conflict: the solve ended " + ended());
  }

  /**
   * The value of a variable.
   *
   * @throws IllegalStateException if nothing optimal was found
   * @throws IllegalArgumentException if the variable is of another model, or was added later
   */
  public double value(Variable variable) {
    return column(variable, x);
  }

  /** The value of the variable of that name; see {@link #value(Variable)}. */
  public double value(String variable) {
    return value(model.variable(variable));
  }

  /**
   * How the objective changes per unit of the bound that holds the variable; see the signs above.
   *
   * @throws IllegalStateException if nothing optimal was found
   * @throws IllegalArgumentException if the variable is of another model, or was added later
   */
  public double reducedCost(Variable variable) {
    return model.inSense(column(variable, reducedCosts));
  }

  /** The reduced cost of the variable of that name. */
  public double reducedCost(String variable) {
    return reducedCost(model.variable(variable));
  }

  /**
   * The sum of coefficients times values of a row.
   *
   * @throws IllegalStateException if nothing optimal was found
   * @throws IllegalArgumentException if the row is of another model, or was added later
   */
  public double activity(Row row) {
    return row(row, activity);
  }

  /** The activity of the row of that name. */
  public double activity(String row) {
    return activity(model.row(row));
  }

  /**
   * How the objective changes per unit of the bound that holds the row; see the signs above.
   *
   * @throws IllegalStateException if nothing optimal was found
   * @throws IllegalArgumentException if the row is of another model, or was added later
   */
  public double dual(Row row) {
    return model.inSense(row(row, duals));
  }

  /** The dual of the row of that name. */
  public double dual(String row) {
    return dual(model.row(row));
  }

  /** The values of all variables by name, in their order; empty if nothing optimal was found. */
  public Map<String, Double> values() {
    return named(x.length, program::columnName, j -> x[j]);
  }

  /** All reduced costs by name; empty if nothing optimal was found. */
  public Map<String, Double> reducedCosts() {
    return named(x.length, program::columnName, j -> model.inSense(reducedCosts[j]));
  }

  /** The activities of all rows by name, in their order; empty if nothing optimal was found. */
  public Map<String, Double> activities() {
    return named(activity.length, program::rowName, i -> activity[i]);
  }

  /** All duals by name; empty if nothing optimal was found. */
  public Map<String, Double> duals() {
    return named(duals.length, program::rowName, i -> model.inSense(duals[i]));
  }

  private static Map<String, Double> named(
      int count, IntFunction<String> name, IntToDoubleFunction value) {
    Map<String, Double> all = new LinkedHashMap<>();
    for (int k = 0; k < count; k++) {
      all.put(name.apply(k), value.applyAsDouble(k));
    }
    return all;
  }

  /** Simplex iterations spent. */
  public int iterations() {
    return result.iterations();
  }

  /** The check of the answer against the program. */
  public Certificate certificate() {
    return certificate;
  }

  /** The program that was solved, to be minimised; see {@link LpModel#program}. */
  public LinearProgram program() {
    return program;
  }

  /** The answer by numbers of columns and rows, of the program that is minimised. */
  public LpResult result() {
    return result;
  }

  /**
   * How far single numbers of the model may be changed with the basis still optimal. It factors the
   * basis, so ask once for many questions.
   *
   * @throws IllegalStateException if nothing optimal was found
   */
  public LpRanging ranging() {
    return new LpRanging(this, optimal());
  }

  private double column(Variable variable, double[] of) {
    optimal();
    return of[index(variable)];
  }

  private double row(Row row, double[] of) {
    optimal();
    return of[index(row)];
  }

  int index(Variable variable) {
    return present("variable", variable.name(), model.own(variable).index, program.columns());
  }

  int index(Row row) {
    return present("row", row.name(), model.own(row).index, program.rows());
  }

  private static int present(String what, String name, int index, int count) {
    if (index >= count) {
      throw new IllegalArgumentException(
          what + " " + Numbers.shown(name) + " was added after this solve");
    }
    return index;
  }

  private LpResult.Optimal optimal() {
    if (result instanceof LpResult.Optimal optimal) {
      return optimal;
    }
    throw new IllegalStateException("no optimal values: the solve ended " + ended());
  }

  private String ended() {
    String what = status().name().toLowerCase(Locale.ROOT);
    return result instanceof LpResult.Stopped stopped
        ? what + " (" + stopped.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")"
        : what;
  }

  @Override
  public String toString() {
    return "LpSolution[" + status() + (isOptimal() ? ", objective " + objective() : "") + "]";
  }
}
