// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.io.MpsProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import picocli.CommandLine.Option;

/** Which numbers of rows and columns {@code lp solve} prints beside the objective. */
final class LpTables {
  @Option(names = "--solution", description = "Also print the value of every column.")
  private boolean solution;

  @Option(
      names = "--duals",
      description =
          "Also print the dual of every row: the change of the objective, as the file states it,"
              + " per unit of the bound that holds the row.")
  private boolean duals;

  @Option(
      names = "--reduced-costs",
      description = "Also print the reduced cost of every column: the same for its bound.")
  private boolean reducedCosts;

  @Option(names = "--activities", description = "Also print the activity of every row.")
  private boolean activities;

  /**
   * Numbers by name.
   *
   * @param key in JSON
   * @param size how many
   * @param names of rows or columns
   */
  record Table(String key, int size, IntFunction<String> names, IntToDoubleFunction values) {}

  /** All tables there are. */
  static LpTables everything() {
    LpTables all = new LpTables();
    all.solution = true;
    all.duals = true;
    all.reducedCosts = true;
    all.activities = true;
    return all;
  }

  /** The tables of an optimum, in the sense of the file; none without one. */
  List<Table> of(MpsProblem problem, LpResult result) {
    List<Table> tables = new ArrayList<>();
    if (result instanceof LpResult.Optimal found) {
      LinearProgram lp = problem.program();
      int rows = lp.rows();
      int columns = lp.columns();
      double[] x = found.x();
      double[] y = found.duals();
      if (solution) {
        tables.add(new Table("x", columns, lp::columnName, j -> x[j]));
      }
      if (reducedCosts) {
        double[] d = lp.reducedCosts(y);
        tables.add(new Table("reduced_costs", columns, lp::columnName, j -> problem.inSense(d[j])));
      }
      if (activities) {
        double[] activity = lp.activity(x);
        tables.add(new Table("activities", rows, lp::rowName, i -> activity[i]));
      }
      if (duals) {
        tables.add(new Table("duals", rows, lp::rowName, i -> problem.inSense(y[i])));
      }
    }
    return tables;
  }
}
