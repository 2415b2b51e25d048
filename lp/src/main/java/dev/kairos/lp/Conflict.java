// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proof of infeasibility by name: rows, each times its multiplier and at the bound it needs, add
 * up to one that the columns cannot meet, each at the bound that helps most. Rows or columns that
 * the proof can do without by the size of their multipliers are left out; it need not be the
 * shortest there is.
 *
 * @param rows the rows that take part, in order
 * @param columns the columns whose bounds take part, in order
 * @param demanded what the combined row is at least
 * @param reachable what the columns can make of it at most, less than {@code demanded}
 */
public record Conflict(List<Part> rows, List<Part> columns, double demanded, double reachable) {
  /** What is smaller than this, of the largest multiplier, is tried to be left out. */
  private static final double[] NOTHING = {1e-6, 1e-9, 1e-12};

  /**
   * A row or column in a proof.
   *
   * @param name of the row or column
   * @param multiplier of a row: above 0 where its lower bound is used, below 0 its upper; of a
   *     column: its coefficient in the combined row; the largest of the rows is 1
   * @param bound the bound that is used
   */
  public record Part(String name, double multiplier, double bound) {}

  /** Copies the lists. */
  public Conflict {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  /**
   * The rows and columns of a proof.
   *
   * @throws IllegalArgumentException if it does not prove that the program is infeasible
   */
  public static Conflict of(LinearProgram lp, LpResult.Infeasible proof) {
    Conflict crossed = crossed(lp);
    if (crossed != null) {
      return crossed;
    }
    double[] whole = Rounding.largestToOne(proof.ray());
    FarkasCheck check = new FarkasCheck(lp, Scaling.of(lp));
    for (double least : NOTHING) {
      double[] y = without(lp, whole, least);
      if (check.of(y).valid()) {
        return of(lp, y);
      }
    }
    Certificate certificate = check.of(whole);
    if (!certificate.valid()) {
      throw new IllegalArgumentException("no proof of infeasibility: " + certificate.finding());
    }
    return of(lp, without(lp, whole, 0));
  }

  /** The multipliers that are large enough and meet a finite bound. */
  private static double[] without(LinearProgram lp, double[] whole, double least) {
    double[] y = whole.clone();
    for (int i = 0; i < y.length; i++) {
      if (Math.abs(y[i]) < least || Double.isInfinite(needed(lp, i, y[i]))) {
        y[i] = 0;
      }
    }
    return y;
  }

  private static double needed(LinearProgram lp, int row, double multiplier) {
    return multiplier > 0 ? lp.rowLower(row) : lp.rowUpper(row);
  }

  private static Conflict of(LinearProgram lp, double[] y) {
    List<Part> rows = new ArrayList<>();
    List<Part> columns = new ArrayList<>();
    CompensatedSum demanded = new CompensatedSum();
    CompensatedSum reachable = new CompensatedSum();
    for (int i = 0; i < y.length; i++) {
      if (y[i] != 0) {
        double bound = needed(lp, i, y[i]);
        rows.add(new Part(lp.rowName(i), y[i], bound));
        demanded.add(y[i] * bound);
      }
    }
    for (int j = 0; j < lp.columns(); j++) {
      double r = lp.dot(j, y);
      double noise = Rounding.of(lp.start(j + 1) - lp.start(j), lp.sumOfTerms(j, y));
      double bound = r > 0 ? lp.upper(j) : lp.lower(j);
      if (Math.abs(r) > noise && !Double.isInfinite(bound)) {
        columns.add(new Part(lp.columnName(j), r, bound));
        reachable.add(r * bound);
      }
    }
    return new Conflict(rows, columns, demanded.value(), reachable.value());
  }

  /** The first row or column whose bounds cross, as a proof of one part; null if there is none. */
  private static @Nullable Conflict crossed(LinearProgram lp) {
    for (int i = 0; i < lp.rows(); i++) {
      if (lp.rowLower(i) > lp.rowUpper(i)) {
        Part part = new Part(lp.rowName(i), 1, lp.rowLower(i));
        return new Conflict(List.of(part), List.of(), lp.rowLower(i), lp.rowUpper(i));
      }
    }
    for (int j = 0; j < lp.columns(); j++) {
      if (lp.lower(j) > lp.upper(j)) {
        Part part = new Part(lp.columnName(j), 1, lp.upper(j));
        return new Conflict(List.of(), List.of(part), lp.lower(j), lp.upper(j));
      }
    }
    return null;
  }
}
