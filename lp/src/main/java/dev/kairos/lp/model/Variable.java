// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.model;

import dev.kairos.lp.BasisStatus;

/**
 * A variable of an {@link LpModel}: cost 0 and bounds {@code [0, infinity]} until told otherwise.
 * Every change counts from the next solve on. Bounds of 1e20 and beyond are infinite; a lower bound
 * above the upper makes the program infeasible. A number that is NaN, or infinite where it must not
 * be, is refused by the variable's name.
 */
public final class Variable {
  final LpModel model;
  final int index;
  BasisStatus status = BasisStatus.AT_LOWER;

  private final String name;
  private double cost;
  private double lower;
  private double upper = Double.POSITIVE_INFINITY;

  Variable(LpModel model, int index, String name) {
    this.model = model;
    this.index = index;
    this.name = name;
  }

  /** Sets the coefficient in the objective, in the sense of the model. */
  public Variable cost(double value) {
    cost = Numbers.finite("cost", name, value);
    model.changed();
    return this;
  }

  /** Adds to the coefficient in the objective; what cancels but for rounding is zero. */
  public Variable addCost(double value) {
    return cost(Numbers.sum("cost", name, cost, value));
  }

  /** Sets the lower bound; negative infinity for none. */
  public Variable lower(double bound) {
    lower = Numbers.lower(name, bound);
    model.changed();
    return this;
  }

  /** Sets the upper bound; infinity for none. */
  public Variable upper(double bound) {
    upper = Numbers.upper(name, bound);
    model.changed();
    return this;
  }

  /** Sets both bounds; two equal ones fix the variable. */
  public Variable bounds(double newLower, double newUpper) {
    double low = Numbers.lower(name, newLower);
    upper(newUpper); // may refuse, with the lower bound as it was
    lower = low;
    return this;
  }

  /** Takes both bounds away. */
  public Variable free() {
    return bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The coefficient in the objective. */
  public double cost() {
    return cost;
  }

  /** The lower bound, perhaps negative infinity. */
  public double lower() {
    return lower;
  }

  /** The upper bound, perhaps infinity. */
  public double upper() {
    return upper;
  }

  @Override
  public String toString() {
    return "Variable[" + name + "]";
  }
}
