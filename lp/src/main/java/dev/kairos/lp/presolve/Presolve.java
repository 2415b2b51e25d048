// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.presolve;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import dev.kairos.lp.LpResult;
import java.util.Arrays;

/** Reduces a linear program before it is solved, and takes an answer back to the whole program. */
public final class Presolve {
  private static final int MOST_PASSES = 50;

  private final LinearProgram whole;
  private final WorkingProgram program;
  private final LinearProgram reduced;
  private int[] columnOf = {};
  private int[] rowOf = {};

  /** Applies the rules until none does anything. */
  public Presolve(LinearProgram lp) {
    whole = lp;
    program = new WorkingProgram(lp);
    RowRules rowRules = new RowRules(program);
    ColumnRules columnRules = new ColumnRules(program);
    Substitution substitution = new Substitution(program);
    boolean changed = true;
    for (int pass = 0; pass < MOST_PASSES && changed && !program.hopeless; pass++) {
      changed = false;
      for (int i = 0; i < program.rows && !program.hopeless; i++) {
        if (!program.rowGone[i] && program.rowTouched[i]) {
          program.rowTouched[i] = false;
          changed |= rowRules.apply(i) || substitution.applyToRow(i);
        }
      }
      for (int j = 0; j < program.columns && !program.hopeless; j++) {
        if (!program.columnGone[j] && program.columnTouched[j]) {
          program.columnTouched[j] = false;
          changed |= columnRules.apply(j) || substitution.applyToColumn(j);
        }
      }
    }
    program.hopeless |= overflowed();
    reduced = program.hopeless ? lp : build();
  }

  /**
   * Whether what moved from fixed columns to bounds, costs and constant is more than they can hold.
   */
  private boolean overflowed() {
    boolean fits = Double.isFinite(program.offset);
    for (int i = 0; i < program.rows && fits; i++) {
      fits = program.rowGone[i] || holds(program.rowLower[i], program.rowUpper[i]);
    }
    for (int j = 0; j < program.columns && fits; j++) {
      boolean finite = Double.isFinite(program.cost[j]);
      fits = program.columnGone[j] || (finite && holds(program.lower[j], program.upper[j]));
    }
    return !fits;
  }

  private static boolean holds(double lower, double upper) {
    return lower < LinearProgram.INFINITE_BOUND
        && upper > -LinearProgram.INFINITE_BOUND
        && (Double.isInfinite(lower) || lower > -LinearProgram.INFINITE_BOUND)
        && (Double.isInfinite(upper) || upper < LinearProgram.INFINITE_BOUND);
  }

  private LinearProgram build() {
    int rows = 0;
    int columns = 0;
    int[] place = new int[program.rows];
    rowOf = new int[program.rows];
    columnOf = new int[program.columns];
    LinearProgramBuilder builder =
        LinearProgram.builder().named(whole.name()).offset(program.offset);
    for (int i = 0; i < program.rows; i++) {
      if (!program.rowGone[i]) {
        place[i] = rows;
        rowOf[rows++] = i;
        builder.addRow(program.rowLower[i], program.rowUpper[i]);
      }
    }
    for (int j = 0; j < program.columns; j++) {
      if (!program.columnGone[j]) {
        columnOf[columns] = j;
        builder.addColumn(program.cost[j], program.lower[j], program.upper[j]);
        for (int k = program.byColumn.start[j]; k < program.byColumn.end[j]; k++) {
          if (!program.rowGone[program.byColumn.index[k]]) {
            builder.entry(place[program.byColumn.index[k]], columns, program.byColumn.value[k]);
          }
        }
        columns++;
      }
    }
    rowOf = Arrays.copyOf(rowOf, rows);
    columnOf = Arrays.copyOf(columnOf, columns);
    return builder.build();
  }

  /**
   * Whether a rule found that there is no feasible point, or no bound, or numbers became too large;
   * {@link #reduced} is then the program itself, which has to tell which.
   */
  public boolean hopeless() {
    return program.hopeless;
  }

  /** The smaller program. */
  public LinearProgram reduced() {
    return reduced;
  }

  /** An optimum of the smaller program as one of the program itself. */
  public LpResult.Optimal restore(LpResult.Optimal small) {
    Restoration restoration = new Restoration(program.rows, program.columns);
    restoration.begin(small, reduced, columnOf, rowOf);
    for (int k = program.undo.size() - 1; k >= 0; k--) {
      program.undo.get(k).apply(restoration);
    }
    return new LpResult.Optimal(
        whole.objective(restoration.x),
        restoration.x,
        restoration.y,
        restoration.basis(),
        small.iterations());
  }
}
