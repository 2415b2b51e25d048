// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import dev.kairos.lp.Basis;
import dev.kairos.lp.Certificate;
import dev.kairos.lp.DualBound;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.Scaling;
import dev.kairos.lp.presolve.Presolve;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Solves linear programs by the simplex method. Each answer but {@link LpResult.Stopped} has passed
 * {@link Certificate#verify} on the original data. The same program and options give the same bits.
 * A solver holds no state; threads may share it.
 */
public final class SimplexSolver {
  private final SimplexOptions options;

  /** A solver. */
  public SimplexSolver(SimplexOptions options) {
    this.options = options;
  }

  /** Solves from the basis of the row activities. */
  public LpResult solve(LinearProgram lp) {
    return run(lp, null);
  }

  /**
   * Solves from a basis, for example that of a similar program. It need not be feasible; if it is
   * singular or has the wrong number of basic members it is repaired.
   *
   * @throws IllegalArgumentException if the basis has not the rows and columns of the program
   */
  public LpResult solve(LinearProgram lp, Basis start) {
    if (start.rows() != lp.rows() || start.columns() != lp.columns()) {
      throw new IllegalArgumentException(
          "basis of %d rows and %d columns, program of %d and %d"
              .formatted(start.rows(), start.columns(), lp.rows(), lp.columns()));
    }
    return run(lp, start);
  }

  private LpResult run(LinearProgram lp, @Nullable Basis start) {
    Limits limits = new Limits(options);
    LpResult result = within(lp, start, limits);
    return result instanceof LpResult.Optimal optimal
        ? new Sharpening(lp, options, limits).apply(optimal)
        : result;
  }

  /** An answer within the tolerances. */
  private LpResult within(LinearProgram lp, @Nullable Basis start, Limits limits) {
    Basis from = start;
    if (start == null && options.presolve()) {
      LpResult reduced = reduced(lp, limits);
      if (reduced instanceof LpResult.Optimal optimal) {
        if (proved(lp, optimal)) {
          return optimal;
        }
        from = optimal.basis();
      } else if (limits.stop()) {
        return reduced;
      }
    }
    return whole(lp, from, limits);
  }

  /**
   * The answer by way of a smaller program; proofs other than of an optimum are not carried over.
   */
  private LpResult reduced(LinearProgram lp, Limits limits) {
    Presolve presolve = new Presolve(lp);
    LpResult.Stopped none =
        new LpResult.Stopped(LpResult.Reason.IMPRECISE, Optional.empty(), limits.iterations());
    if (presolve.hopeless()) {
      return none;
    }
    LpResult small = whole(presolve.reduced(), null, limits);
    return small instanceof LpResult.Optimal optimal
        ? presolve.restore(optimal)
        : new LpResult.Stopped(
            limits.reason(), Optional.empty(), limits.iterations(), bound(lp, small));
  }

  /** What a stopped solve of the smaller program says of the objective, and what is plain. */
  private static double bound(LinearProgram lp, LpResult small) {
    double plain = DualBound.of(lp, new double[lp.rows()]);
    return small instanceof LpResult.Stopped stopped ? Math.max(plain, stopped.bound()) : plain;
  }

  private boolean proved(LinearProgram lp, LpResult result) {
    return Certificate.verify(lp, result, options.tolerances()).valid();
  }

  private LpResult whole(LinearProgram lp, @Nullable Basis start, Limits limits) {
    LpResult last = null;
    // Looser tolerances in a second attempt, without scaling and disturbance, and in a third, by
    // the
    // primal method alone.
    for (int attempt = 0; attempt < 3; attempt++) {
      ScaledProgram program = new ScaledProgram(lp, scaling(lp, attempt));
      Attempt next = new Attempt(lp, program, options, limits, attempt);
      last = next.solve(start);
      boolean proved = proved(lp, last);
      if (proved || limits.stop()) {
        return proved ? last : stopped(lp, last, limits);
      }
    }
    return stopped(lp, last, limits);
  }

  private Scaling scaling(LinearProgram lp, int attempt) {
    return !options.scaling()
        ? Scaling.none(lp)
        : attempt == 1 ? Scaling.ofUnits(lp) : Scaling.of(lp);
  }

  private static LpResult stopped(LinearProgram lp, @Nullable LpResult last, Limits limits) {
    if (last instanceof LpResult.Stopped) {
      return last;
    }
    Optional<LpResult.Point> best =
        last instanceof LpResult.Optimal optimal
            ? Optional.of(new LpResult.Point(optimal.x()))
            : Optional.empty();
    double none = DualBound.of(lp, new double[lp.rows()]);
    double bound =
        last instanceof LpResult.Optimal optimal
            ? Math.max(none, DualBound.of(lp, optimal.duals()))
            : none;
    return new LpResult.Stopped(limits.reason(), best, limits.iterations(), bound);
  }
}
