// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.model;

import dev.kairos.lp.Basis;
import dev.kairos.lp.BasisStatus;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.simplex.SimplexOptions;
import dev.kairos.lp.simplex.SimplexSolver;
import it.unimi.dsi.fastutil.ints.Int2DoubleMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A linear program by names that can change: minimise or maximise the sum of costs times variables
 * and a constant, with variables and rows between bounds. Names are any text that is not blank, and
 * unique among the variables and among the rows. What is added stays; to lift a row, take its
 * bounds away, to lift a variable, fix it at 0.
 *
 * <p>Each {@link #solve} begins where the last optimum left off: the variables and rows keep their
 * places in its basis, new ones take the places in which they change nothing. Whether the answer is
 * the same as from the beginning is decided by the check it has to pass, not by the way to it; of
 * several optima another one may be found. {@link #forget} makes the next solve begin afresh.
 *
 * <p>A model belongs to one thread at a time. Its solutions are values and do not change with it.
 */
public final class LpModel {
  private final String name;
  private final boolean maximize;
  private final List<Variable> variables = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Variable> variableByName = new HashMap<>();
  private final Map<String, Row> rowByName = new HashMap<>();
  private double constant;
  private boolean warm;
  private @Nullable LinearProgram built;

  private LpModel(String name, boolean maximize) {
    this.name = name;
    this.maximize = maximize;
  }

  /** An empty model that asks for the least value. */
  public static LpModel minimize(String name) {
    return new LpModel(name, false);
  }

  /** An empty model that asks for the greatest value. */
  public static LpModel maximize(String name) {
    return new LpModel(name, true);
  }

  /**
   * A model of a program, for example of one that was read from a file.
   *
   * @param program as it is minimised
   * @param maximize whether its costs are the negated ones of a program to maximise, as in {@code
   *     MpsProblem}; the model has them the other way round again
   * @throws IllegalArgumentException if two of its rows or columns have one name
   */
  public static LpModel of(LinearProgram program, boolean maximize) {
    LpModel model = new LpModel(program.name(), maximize);
    model.constant = model.inSense(program.offset());
    for (int i = 0; i < program.rows(); i++) {
      model.addRow(program.rowName(i)).bounds(program.rowLower(i), program.rowUpper(i));
    }
    for (int j = 0; j < program.columns(); j++) {
      Variable variable = model.addVariable(program.columnName(j));
      variable.cost(model.inSense(program.cost(j)));
      variable.bounds(program.lower(j), program.upper(j));
      for (int k = program.start(j); k < program.start(j + 1); k++) {
        model.rows.get(program.entryRow(k)).set(program.entryValue(k), variable);
      }
    }
    return model;
  }

  /**
   * Adds a variable with cost 0 and bounds {@code [0, infinity]}.
   *
   * @throws IllegalArgumentException if the name is blank or there is a variable of that name
   */
  public Variable addVariable(String variable) {
    Variable added = new Variable(this, variables.size(), usable("variable", variable));
    if (variableByName.putIfAbsent(variable, added) != null) {
      throw taken("variable", variable);
    }
    variables.add(added);
    changed();
    return added;
  }

  /**
   * Adds a row without coefficients and bounds.
   *
   * @throws IllegalArgumentException if the name is blank or there is a row of that name
   */
  public Row addRow(String row) {
    Row added = new Row(this, rows.size(), usable("row", row));
    if (rowByName.putIfAbsent(row, added) != null) {
      throw taken("row", row);
    }
    rows.add(added);
    changed();
    return added;
  }

  private static String usable(String what, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a " + what + " must not be blank");
    }
    return name;
  }

  private static IllegalArgumentException taken(String what, String name) {
    return new IllegalArgumentException(
        "there is a " + what + " " + Numbers.shown(name) + " already");
  }

  /**
   * The variable of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Variable variable(String variable) {
    return found("variable", variable, variableByName.get(variable));
  }

  /**
   * The row of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Row row(String row) {
    return found("row", row, rowByName.get(row));
  }

  private static <T> T found(String what, String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("there is no " + what + " " + Numbers.shown(name));
    }
    return value;
  }

  /** Whether there is a variable of that name. */
  public boolean hasVariable(String variable) {
    return variableByName.containsKey(variable);
  }

  /** Whether there is a row of that name. */
  public boolean hasRow(String row) {
    return rowByName.containsKey(row);
  }

  /** The variables in the order in which they were added. */
  public List<Variable> variables() {
    return Collections.unmodifiableList(variables);
  }

  /** The rows in the order in which they were added. */
  public List<Row> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** Sets what is added to the objective whatever the variables are. */
  public LpModel constant(double value) {
    constant = Numbers.finite("constant", name, value);
    changed();
    return this;
  }

  /** The name of the problem. */
  public String name() {
    return name;
  }

  /** Whether the greatest value is asked for. */
  public boolean maximizes() {
    return maximize;
  }

  /**
   * The program as it is now, to be minimised: costs and constant of a model that maximises are
   * negated. Columns and rows are numbered in the order in which they were added.
   */
  public LinearProgram program() {
    LinearProgram program = built;
    if (program == null) {
      program = build();
      built = program;
    }
    return program;
  }

  private LinearProgram build() {
    LinearProgramBuilder builder = LinearProgram.builder().named(name).offset(inSense(constant));
    for (Row row : rows) {
      builder.addRow(row.name(), row.lower(), row.upper());
    }
    for (Variable each : variables) {
      builder.addColumn(each.name(), inSense(each.cost()), each.lower(), each.upper());
    }
    for (Row row : rows) {
      for (Int2DoubleMap.Entry entry : row.entries()) {
        builder.entry(row.index, entry.getIntKey(), entry.getDoubleValue());
      }
    }
    return builder.build();
  }

  /** Solves with {@link SimplexOptions#defaults}. */
  public LpSolution solve() {
    return solve(SimplexOptions.defaults());
  }

  /** Solves from where the last optimum left off. */
  public LpSolution solve(SimplexOptions options) {
    LinearProgram program = program();
    SimplexSolver solver = new SimplexSolver(options);
    LpResult result = warm ? solver.solve(program, basis()) : solver.solve(program);
    if (result instanceof LpResult.Optimal optimal) {
      start(optimal.basis());
    }
    return new LpSolution(this, program, result);
  }

  /** Where the variables and rows stand, which is where the next solve begins if it is not cold. */
  public Basis basis() {
    BasisStatus[] columns = new BasisStatus[variables.size()];
    BasisStatus[] activities = new BasisStatus[rows.size()];
    variables.forEach(each -> columns[each.index] = each.status);
    rows.forEach(each -> activities[each.index] = each.status);
    return new Basis(columns, activities);
  }

  /**
   * Lets the next solve begin at a basis; it need not be feasible.
   *
   * @throws IllegalArgumentException if the basis has not the rows and columns of the model
   */
  public LpModel start(Basis basis) {
    if (basis.columns() != variables.size() || basis.rows() != rows.size()) {
      throw new IllegalArgumentException(
          "basis of %d rows and %d columns, model of %d and %d"
              .formatted(basis.rows(), basis.columns(), rows.size(), variables.size()));
    }
    variables.forEach(each -> each.status = basis.column(each.index));
    rows.forEach(each -> each.status = basis.row(each.index));
    warm = true;
    return this;
  }

  /** Lets the next solve begin afresh, with all that is done for a program seen the first time. */
  public LpModel forget() {
    variables.forEach(each -> each.status = BasisStatus.AT_LOWER);
    rows.forEach(each -> each.status = BasisStatus.BASIC);
    warm = false;
    return this;
  }

  /** Notes that the program built last is no longer that of the model. */
  void changed() {
    built = null;
  }

  Variable own(Variable variable) {
    if (variable.model != this) {
      throw new IllegalArgumentException(
          "variable " + Numbers.shown(variable.name()) + " is of another model");
    }
    return variable;
  }

  Row own(Row row) {
    if (row.model != this) {
      throw new IllegalArgumentException(
          "row " + Numbers.shown(row.name()) + " is of another model");
    }
    return row;
  }

  /** From the sense of the model to that of the program and back. */
  double inSense(double value) {
    return maximize ? 0 - value : value;
  }

  @Override
  public String toString() {
    return "LpModel["
        + (maximize ? "maximize " : "minimize ")
        + name
        + ", "
        + rows.size()
        + " rows, "
        + variables.size()
        + " variables]";
  }
}
