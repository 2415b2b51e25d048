// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.model;

import dev.kairos.lp.BasisStatus;
import it.unimi.dsi.fastutil.ints.Int2DoubleMap;
import it.unimi.dsi.fastutil.ints.Int2DoubleOpenHashMap;

/**
 * A row of an {@link LpModel}: {@code lower <= sum of coefficients times variables <= upper},
 * without bounds until told otherwise. Every change counts from the next solve on. Bounds and
 * refusals are as for a {@link Variable}. To lift a row, take its bounds away.
 */
public final class Row {
  final LpModel model;
  final int index;
  final Int2DoubleOpenHashMap coefficients = new Int2DoubleOpenHashMap();
  BasisStatus status = BasisStatus.BASIC;

  private final String name;
  private double lower = Double.NEGATIVE_INFINITY;
  private double upper = Double.POSITIVE_INFINITY;

  Row(LpModel model, int index, String name) {
    this.model = model;
    this.index = index;
    this.name = name;
  }

  /**
   * Adds to the coefficient of a variable; what cancels but for rounding is zero.
   *
   * @throws IllegalArgumentException if the variable is of another model or the sum not finite
   */
  public Row add(double coefficient, Variable variable) {
    return set(sum(coefficient, variable), variable);
  }

  /** The same for the variable of that name. */
  public Row add(double coefficient, String variable) {
    return add(coefficient, model.variable(variable));
  }

  /**
   * Replaces the coefficient of a variable.
   *
   * @throws IllegalArgumentException if the variable is of another model or the number not finite
   */
  public Row set(double coefficient, Variable variable) {
    int column = model.own(variable).index;
    double value = Numbers.finite(of(variable), name, coefficient);
    if (value == 0) {
      coefficients.remove(column);
    } else {
      coefficients.put(column, value);
    }
    model.changed();
    return this;
  }

  private double sum(double coefficient, Variable variable) {
    double before = coefficients.get(model.own(variable).index);
    return Numbers.sum(of(variable), name, before, coefficient);
  }

  private static String of(Variable variable) {
    return "coefficient of " + Numbers.shown(variable.name()) + " in the row";
  }

  /** Sets the least activity; negative infinity for none. */
  public Row lower(double bound) {
    lower = Numbers.lower(name, bound);
    model.changed();
    return this;
  }

  /** Sets the greatest activity; infinity for none. */
  public Row upper(double bound) {
    upper = Numbers.upper(name, bound);
    model.changed();
    return this;
  }

  /** Sets both bounds. */
  public Row bounds(double newLower, double newUpper) {
    double low = Numbers.lower(name, newLower);
    upper(newUpper); // may refuse, with the lower bound as it was
    lower = low;
    return this;
  }

  /** Makes it an equation: the activity is this value. */
  public Row equalTo(double value) {
    return bounds(value, value);
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The coefficient of a variable, 0 where there is none. */
  public double coefficient(Variable variable) {
    return coefficients.get(model.own(variable).index);
  }

  /** The least activity, perhaps negative infinity. */
  public double lower() {
    return lower;
  }

  /** The greatest activity, perhaps infinity. */
  public double upper() {
    return upper;
  }

  Iterable<Int2DoubleMap.Entry> entries() {
    return coefficients.int2DoubleEntrySet();
  }

  @Override
  public String toString() {
    return "Row[" + name + "]";
  }
}
