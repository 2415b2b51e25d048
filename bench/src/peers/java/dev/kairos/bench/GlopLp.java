// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPVariable;
import dev.kairos.lp.LinearProgram;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** GLOP, the simplex of OR-Tools, through its Java wrapper. Registered as a service. */
public final class GlopLp implements LpPeer {
  @Override
  public String name() {
    return "glop";
  }

  @Override
  public LpContender open(LinearProgram program, boolean presolve, Duration limit) {
    try {
      Loader.loadNativeLibraries();
    } catch (RuntimeException | LinkageError e) {
      throw new MissingPeerException(name(), String.valueOf(e.getMessage()));
    }
    return new Solver(program, presolve, limit);
  }

  private static final class Solver implements LpContender {
    private final LinearProgram program;
    private final MPSolverParameters parameters = new MPSolverParameters();
    private final Duration limit;
    private @Nullable MPSolver model;
    private MPVariable[] columns = new MPVariable[0];
    private double[] point = new double[0];

    Solver(LinearProgram program, boolean presolve, Duration limit) {
      this.program = program;
      this.limit = limit;
      MPSolverParameters.PresolveValues reduce =
          presolve
              ? MPSolverParameters.PresolveValues.PRESOLVE_ON
              : MPSolverParameters.PresolveValues.PRESOLVE_OFF;
      parameters.setIntegerParam(
          MPSolverParameters.IntegerParam.PRESOLVE, reduce.swigValue());
    }

    @Override
    public void build() {
      close();
      MPSolver solver =
          new MPSolver("", MPSolver.OptimizationProblemType.GLOP_LINEAR_PROGRAMMING);
      MPConstraint[] rows = new MPConstraint[program.rows()];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = solver.makeConstraint(program.rowLower(i), program.rowUpper(i), "");
      }
      columns = new MPVariable[program.columns()];
      MPObjective objective = solver.objective();
      for (int j = 0; j < columns.length; j++) {
        columns[j] = solver.makeNumVar(program.lower(j), program.upper(j), "");
        if (program.cost(j) != 0) {
          objective.setCoefficient(columns[j], program.cost(j));
        }
        for (int k = program.start(j); k < program.start(j + 1); k++) {
          rows[program.entryRow(k)].setCoefficient(columns[j], program.entryValue(k));
        }
      }
      objective.setMinimization();
      solver.setTimeLimit(limit.toMillis());
      model = solver;
    }

    @Override
    public void solve() {
      MPSolver solver = model;
      if (solver == null) {
        throw new IllegalStateException("no model");
      }
      point = new double[0];
      if (solver.solve(parameters) == MPSolver.ResultStatus.OPTIMAL) {
        point = new double[columns.length];
        for (int j = 0; j < point.length; j++) {
          point[j] = columns[j].solutionValue();
        }
      }
    }

    @Override
    public double[] point() {
      return point;
    }

    @Override
    public void close() {
      if (model != null) {
        model.delete();
        model = null;
      }
    }
  }
}
