// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The least cost of a collapsed problem in exact arithmetic, over all points where the columns
 * between their bounds are independent: among them is an optimum if there is one.
 */
final class VertexEnumeration {
  /** A column, its cost per unit of size, and its bound, none if null; of either sign if free. */
  private record Column(
      List<Fraction> entries, Fraction cost, @Nullable Fraction bound, boolean free) {}

  private final List<Column> columns = new ArrayList<>();
  private final int rows;
  private @Nullable Fraction best;

  private VertexEnumeration(int rows) {
    this.rows = rows;
  }

  /** The least cost, or none if the problem is infeasible. */
  static Optional<Fraction> optimum(LinProProblem problem, LinProOptions options) {
    VertexEnumeration search = new VertexEnumeration(problem.rows());
    boolean free = options.form() == SignForm.FREE;
    groups(problem)
        .forEach(
            (entries, size) ->
                search.columns.add(
                    new Column(entries, Fraction.ONE, free ? null : Fraction.of(size, 1), free)));
    Fraction[] targets = new Fraction[problem.rows()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = Fraction.of(problem.target(i));
      if (!options.isStrict()) {
        Fraction[] unit = new Fraction[targets.length];
        java.util.Arrays.fill(unit, Fraction.ZERO);
        unit[i] = Fraction.ONE;
        Fraction cost = Fraction.of(Problems.penalty(problem, options, i));
        search.columns.add(new Column(List.of(unit), cost, null, true));
      }
    }
    search.choose(0, Fraction.ZERO, targets, new ArrayList<>());
    return Optional.ofNullable(search.best);
  }

  /** Distinct columns that are not 0 and how often they occur. */
  static Map<List<Fraction>, Integer> groups(LinProProblem problem) {
    Map<List<Fraction>, Integer> groups = new LinkedHashMap<>();
    for (int t = 0; t < problem.length(); t++) {
      List<Fraction> column = new ArrayList<>();
      for (int i = 0; i < problem.rows(); i++) {
        column.add(exact(problem, i, t));
      }
      if (column.stream().anyMatch(entry -> entry.sign() != 0)) {
        groups.merge(column, 1, Integer::sum);
      }
    }
    return groups;
  }

  private static Fraction exact(LinProProblem problem, int i, int t) {
    int sign = (int) Math.signum(Problems.entry(problem, i, t));
    int count = sign > 0 ? problem.innerCount(i) : problem.outerCount(i);
    return problem.weighting() == Weighting.UNIT || sign == 0
        ? Fraction.of(sign, 1)
        : Fraction.of(sign, count);
  }

  private void choose(int column, Fraction cost, Fraction[] left, List<Column> between) {
    if (column == columns.size()) {
      solve(cost, left, between);
      return;
    }
    Column c = columns.get(column);
    choose(column + 1, cost, left, between);
    if (c.bound != null) {
      Fraction[] less = left.clone();
      for (int i = 0; i < rows; i++) {
        less[i] = less[i].minus(c.entries.get(i).times(c.bound));
      }
      choose(column + 1, cost.plus(c.cost.times(c.bound)), less, between);
    }
    if (between.size() < rows) {
      between.add(c);
      choose(column + 1, cost, left, between);
      between.remove(between.size() - 1);
    }
  }

  /** The values of independent columns that make up what is left, if there are such values. */
  private void solve(Fraction cost, Fraction[] left, List<Column> between) {
    int unknowns = between.size();
    Fraction[][] table = new Fraction[rows][unknowns + 1];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < unknowns; k++) {
        table[i][k] = between.get(k).entries.get(i);
      }
      table[i][unknowns] = left[i];
    }
    for (int k = 0; k < unknowns; k++) {
      int p = k;
      while (p < rows && table[p][k].sign() == 0) {
        p++;
      }
      if (p == rows) {
        return; // dependent: a vertex with fewer columns between bounds is as good
      }
      Fraction[] held = table[p];
      table[p] = table[k];
      table[k] = held;
      for (int i = 0; i < rows; i++) {
        if (i != k && table[i][k].sign() != 0) {
          Fraction factor = table[i][k].by(held[k]);
          for (int j = k; j <= unknowns; j++) {
            table[i][j] = table[i][j].minus(factor.times(held[j]));
          }
        }
      }
    }
    Fraction total = cost;
    for (int i = 0; i < rows; i++) {
      if (i >= unknowns) {
        if (table[i][unknowns].sign() != 0) {
          return;
        }
        continue;
      }
      Column c = between.get(i);
      Fraction value = table[i][unknowns].by(table[i][i]);
      if ((!c.free && value.sign() < 0) || (c.bound != null && value.compareTo(c.bound) > 0)) {
        return;
      }
      total = total.plus(c.cost.times(value.abs()));
    }
    if (best == null || total.compareTo(best) < 0) {
      best = total;
    }
  }
}
