// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import java.util.Optional;

/** The outcome of solving a linear program. Each outcome but the last carries what proves it. */
public sealed interface LpResult {
  /** Simplex iterations spent. */
  int iterations();

  /** An optimum: a point and the multipliers that prove that no other is better. */
  final class Optimal implements LpResult {
    private final double objective;
    private final double[] x;
    private final double[] duals;
    private final Basis basis;
    private final int iterations;

    /**
     * An optimum.
     *
     * @param objective {@code c'x + c0}
     * @param x [n], copied
     * @param duals [m], multiplier of each row: at least 0 where the activity is at its lower
     *     bound, at most 0 at its upper; copied
     * @param basis where each variable stands
     * @param iterations spent
     */
    public Optimal(double objective, double[] x, double[] duals, Basis basis, int iterations) {
      this.objective = objective;
      this.x = x.clone();
      this.duals = duals.clone();
      this.basis = basis;
      this.iterations = iterations;
    }

    /** The least value of {@code c'x + c0}. */
    public double objective() {
      return objective;
    }

    /** The optimal point [n]. */
    public double[] x() {
      return x.clone();
    }

    /** The multiplier of each row [m]. */
    public double[] duals() {
      return duals.clone();
    }

    /** Where each variable stands; a start for the next similar program. */
    public Basis basis() {
      return basis;
    }

    @Override
    public int iterations() {
      return iterations;
    }

    @Override
    public String toString() {
      return "Optimal[objective=" + objective + ", iterations=" + iterations + "]";
    }
  }

  /**
   * No point meets all constraints: the row multipliers y (a Farkas proof) combine the rows to one
   * that the bounds of the columns cannot meet. Where a lower bound is above its upper bound the
   * data themselves are the proof, and y is zero.
   */
  final class Infeasible implements LpResult {
    private final double[] ray;
    private final int iterations;

    /**
     * A proof of infeasibility.
     *
     * @param ray [m], copied
     * @param iterations spent
     */
    public Infeasible(double[] ray, int iterations) {
      this.ray = ray.clone();
      this.iterations = iterations;
    }

    /** The multiplier of each row [m]. */
    public double[] ray() {
      return ray.clone();
    }

    @Override
    public int iterations() {
      return iterations;
    }

    @Override
    public String toString() {
      return "Infeasible[iterations=" + iterations + "]";
    }
  }

  /** The objective falls without end: from a feasible point along a ray. */
  final class Unbounded implements LpResult {
    private final double[] point;
    private final double[] ray;
    private final int iterations;

    /**
     * A proof of unboundedness.
     *
     * @param point [n], feasible, copied
     * @param ray [n], a direction that stays feasible and lowers the objective, copied
     * @param iterations spent
     */
    public Unbounded(double[] point, double[] ray, int iterations) {
      this.point = point.clone();
      this.ray = ray.clone();
      this.iterations = iterations;
    }

    /** A feasible point [n]. */
    public double[] point() {
      return point.clone();
    }

    /** A direction [n] that stays feasible and lowers the objective. */
    public double[] ray() {
      return ray.clone();
    }

    @Override
    public int iterations() {
      return iterations;
    }

    @Override
    public String toString() {
      return "Unbounded[iterations=" + iterations + "]";
    }
  }

  /**
   * Nothing was proved.
   *
   * @param reason why the solver stopped
   * @param best the last point [n], which need not be feasible, if there is one
   * @param iterations spent
   * @param bound no feasible point has an objective below this; negative infinity if nothing is
   *     known
   */
  record Stopped(Reason reason, Optional<Point> best, int iterations, double bound)
      implements LpResult {

    /** An end at which nothing is known of the objective. */
    public Stopped(Reason reason, Optional<Point> best, int iterations) {
      this(reason, best, iterations, Double.NEGATIVE_INFINITY);
    }
  }

  /** Why a solver stopped without a proof. */
  enum Reason {
    /** The limit on iterations was reached. */
    ITERATION_LIMIT,
    /** The limit on time was reached. */
    TIME_LIMIT,
    /** The thread was interrupted; its flag stays set. */
    INTERRUPTED,
    /** Finished, but the check on the original data failed. */
    IMPRECISE
  }

  /** A point that was not proved to be anything. */
  final class Point {
    private final double[] x;

    /** Copies a point [n]. */
    public Point(double[] x) {
      this.x = x.clone();
    }

    /** The point [n]. */
    public double[] x() {
      return x.clone();
    }
  }
}
