// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

/** The answer of a {@link LinProSolver}. Immutable. */
public final class LinProSolution {
  private final LinProStatus status;
  private final Choice choice;
  private final double objective;
  private final double residual;
  private final double gap;
  private final int groups;
  private final double[] label;
  private final double[] prices;
  private final double[] missed;
  private final double[] certificate;

  LinProSolution(LinProSolver solver, int length, int rows) {
    status = solver.status();
    choice = solver.choice();
    objective = solver.objective();
    residual = solver.residual();
    gap = solver.gap();
    groups = solver.groups();
    label = new double[length];
    solver.label(label);
    prices = new double[rows];
    missed = new double[rows];
    certificate = new double[rows];
    for (int i = 0; i < rows; i++) {
      prices[i] = solver.price(i);
      missed[i] = solver.missed(i);
      certificate[i] = solver.certificate(i);
    }
  }

  /** What became of the problem. */
  public LinProStatus status() {
    return status;
  }

  /** See {@link LinProSolver#choice()}. */
  public Choice choice() {
    return choice;
  }

  /** See {@link LinProSolver#objective()}. */
  public double objective() {
    return objective;
  }

  /** See {@link LinProSolver#residual()}. */
  public double residual() {
    return residual;
  }

  /** See {@link LinProSolver#gap()}. */
  public double gap() {
    return gap;
  }

  /** See {@link LinProSolver#groups()}. */
  public int groups() {
    return groups;
  }

  /** The label x, [T]; a copy. */
  public double[] label() {
    return label.clone();
  }

  /** The dual variables of the rows, [N]; a copy. */
  public double[] prices() {
    return prices.clone();
  }

  /** What the rows miss, {@code b - A x}, [N]; a copy. */
  public double[] missed() {
    return missed.clone();
  }

  /** See {@link LinProSolver#certificate}, [N]; a copy. */
  public double[] certificate() {
    return certificate.clone();
  }
}
