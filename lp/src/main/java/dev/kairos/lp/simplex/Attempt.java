// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.Basis;
import dev.kairos.lp.BasisStatus;
import dev.kairos.lp.DualBound;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.Tolerances;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One way through a program: dual method, primal method, and the answer in the program's units. */
final class Attempt {
  /** Where the tolerances asked for are out of reach, those of the check still leave room. */
  private static final double LOOSE = 1e-7;

  /** So often bounds may be disturbed; a method that still stands still then has to walk. */
  private static final int MOST_ROUNDS = 3;

  private final LinearProgram lp;
  private final ScaledProgram program;
  private final SimplexOptions options;
  private final Limits limits;
  private final int attempt;
  private final SimplexState state;
  private final Tolerances tolerances;

  Attempt(
      LinearProgram lp, ScaledProgram program, SimplexOptions options, Limits limits, int attempt) {
    this.lp = lp;
    this.program = program;
    this.options = options;
    this.limits = limits;
    this.attempt = attempt;
    state = new SimplexState(program);
    Tolerances asked = options.tolerances();
    tolerances =
        attempt == 0
            ? asked
            : asked.withSolver(Math.max(asked.primal(), LOOSE), Math.max(asked.dual(), LOOSE));
  }

  /** Solves; the answer is not checked. */
  LpResult solve(@Nullable Basis start) {
    for (int j = 0; j < program.size; j++) {
      if (program.lower[j] > program.upper[j]) {
        return new LpResult.Infeasible(new double[program.rows], limits.iterations());
      }
    }
    if (start != null) {
      state.start(start);
    }
    if (attempt < 2) {
      if (attempt == 0 && options.perturbation() && start == null) {
        CostPerturbation.apply(state);
      }
      DualSimplex dual = new DualSimplex(state, limits, tolerances);
      Outcome outcome = dual.solve();
      if (outcome == Outcome.STOPPED) {
        return stopped();
      }
      if (outcome == Outcome.INFEASIBLE) {
        return infeasible(dual.farkas);
      }
      if (outcome == Outcome.TROUBLE) {
        state.tighten();
      }
    }
    return finish(0);
  }

  /**
   * The primal method on the costs and bounds of the program. Where it had to disturb bounds, what
   * is then infeasible is left to the dual method, and so on.
   */
  private LpResult finish(int round) {
    state.restoreCosts();
    state.restoreBounds();
    PrimalSimplex primal = new PrimalSimplex(state, limits, tolerances, round < MOST_ROUNDS);
    Outcome outcome = primal.solve();
    if (primal.disturbed > 0 && outcome == Outcome.OPTIMAL) {
      state.restoreBounds();
      DualSimplex dual = new DualSimplex(state, limits, tolerances);
      return switch (dual.resume()) {
        case STOPPED -> stopped();
        case INFEASIBLE -> infeasible(dual.farkas);
        default -> primal.gaveUp() ? optimal() : finish(round + 1);
      };
    }
    return switch (outcome) {
      case OPTIMAL -> optimal();
      case INFEASIBLE -> infeasible(primal.farkas);
      case UNBOUNDED ->
          new LpResult.Unbounded(
              program.point(state.x), program.direction(primal.ray), limits.iterations());
      default -> stopped();
    };
  }

  /**
   * Goes on from the basis of an optimum whose point misses a row or bound by more than rounding:
   * to a better point, or to a proof that there is none.
   *
   * @param most iterations
   */
  LpResult sharpen(Basis optimum, int most) {
    state.start(optimum);
    DualSimplex dual = new DualSimplex(state, limits, tolerances);
    Outcome outcome = dual.sharpen(most);
    if (outcome == Outcome.INFEASIBLE) {
      return infeasible(dual.farkas);
    }
    if (outcome != Outcome.OPTIMAL) {
      return stopped();
    }
    return finish(MOST_ROUNDS);
  }

  private LpResult optimal() {
    double[] x = program.point(state.x);
    double[] y = program.multipliers(state.multipliers(program.cost));
    return new LpResult.Optimal(lp.objective(x), x, y, basis(), limits.iterations());
  }

  private LpResult infeasible(double[] farkas) {
    return new LpResult.Infeasible(program.multipliers(farkas), limits.iterations());
  }

  private LpResult stopped() {
    LpResult.Point point = new LpResult.Point(program.point(state.x));
    return new LpResult.Stopped(limits.reason(), Optional.of(point), limits.iterations(), bound());
  }

  /** The best that multipliers say at hand: those of the costs, disturbed or not, and none. */
  private double bound() {
    double none = DualBound.of(lp, new double[program.rows]);
    double disturbed = DualBound.of(lp, program.multipliers(state.multipliers(state.cost)));
    double exact = DualBound.of(lp, program.multipliers(state.multipliers(program.cost)));
    return Math.max(none, Math.max(disturbed, exact));
  }

  private Basis basis() {
    BasisStatus[] columns = new BasisStatus[program.columns];
    for (int j = 0; j < columns.length; j++) {
      columns[j] = Place.status(state.place[j]);
    }
    BasisStatus[] rows = new BasisStatus[program.rows];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Place.mirrored(Place.status(state.place[program.columns + i]));
    }
    return new Basis(columns, rows);
  }
}
