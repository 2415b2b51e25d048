// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The optimal label of least norm by trying everything: each group at 0, at its upper bound, or
 * between with either sign, and each row held or missed with either sign. For one such pattern the
 * program is equations alone, the optimal value of the program among them, and its point of least
 * norm is a pseudo-inverse. The best of those that keep the pattern is the answer.
 */
final class LeastNormOracle {
  private static final double HOLDS = 1e-9;

  private final LinProProblem problem;
  private final LinProOptions options;
  private final double[][] columns;
  private final double[] sizes;
  private final double value;
  private final int[] group; // 0 none, 1 up, -1 down, 2 full
  private final int[] missed; // 0 held, 1 too little, -1 too much
  private double best = Double.POSITIVE_INFINITY;
  private double[] answer = new double[0];

  private LeastNormOracle(LinProProblem problem, LinProOptions options, double value) {
    this.problem = problem;
    this.options = options;
    this.value = value;
    List<Map.Entry<List<Fraction>, Integer>> groups =
        List.copyOf(VertexEnumeration.groups(problem).entrySet());
    columns = new double[groups.size()][];
    sizes = new double[columns.length];
    for (int g = 0; g < columns.length; g++) {
      columns[g] = groups.get(g).getKey().stream().mapToDouble(Fraction::toDouble).toArray();
      sizes[g] = groups.get(g).getValue();
    }
    group = new int[columns.length];
    missed = new int[problem.rows()];
  }

  /**
   * The label, [T].
   *
   * @param value the optimal value of the program
   */
  static double[] label(LinProProblem problem, LinProOptions options, double value) {
    LeastNormOracle oracle = new LeastNormOracle(problem, options, value);
    oracle.tryRows(0);
    double[] label = new double[problem.length()];
    for (int t = 0; t < label.length; t++) {
      double[] column = new double[problem.rows()];
      for (int i = 0; i < column.length; i++) {
        column[i] = Problems.entry(problem, i, t);
      }
      for (int g = 0; g < oracle.columns.length; g++) {
        if (oracle.isColumn(g, column)) {
          label[t] = oracle.answer[g] / oracle.sizes[g];
        }
      }
    }
    return label;
  }

  private boolean isColumn(int g, double[] column) {
    double most = 0;
    for (int i = 0; i < column.length; i++) {
      most = Math.max(most, Math.abs(columns[g][i] - column[i]));
    }
    return most < 1e-12;
  }

  private void tryRows(int i) {
    if (i == missed.length) {
      tryGroups(0);
      return;
    }
    for (int way : options.isStrict() ? new int[] {0} : new int[] {0, 1, -1}) {
      missed[i] = way;
      tryRows(i + 1);
    }
  }

  private void tryGroups(int g) {
    if (g == group.length) {
      solve();
      return;
    }
    int[] ways = options.form() == SignForm.BOX ? new int[] {0, 1, 2} : new int[] {0, 1, -1};
    for (int way : ways) {
      group[g] = way;
      tryGroups(g + 1);
    }
  }

  private void solve() {
    int[] between =
        java.util.stream.IntStream.range(0, group.length)
            .filter(g -> Math.abs(group[g]) == 1)
            .toArray();
    int rows = missed.length;
    DMatrixRMaj a = new DMatrixRMaj(rows + 1, Math.max(1, between.length));
    double[] b = new double[rows + 1];
    b[rows] = value;
    for (int i = 0; i < rows; i++) {
      double target = problem.target(i);
      for (int g = 0; g < group.length; g++) {
        target -= group[g] == 2 ? columns[g][i] * sizes[g] : 0;
      }
      double price = missed[i] == 0 ? 0 : missed[i] * Problems.penalty(problem, options, i);
      b[i] = missed[i] == 0 ? target : 0;
      b[rows] -= price * target;
      for (int v = 0; v < between.length; v++) {
        double entry = columns[between[v]][i] * Math.sqrt(sizes[between[v]]);
        a.set(i, v, missed[i] == 0 ? entry : 0);
        a.add(rows, v, missed[i] == 0 ? 0 : -price * entry);
      }
    }
    for (int g = 0; g < group.length; g++) {
      b[rows] -= group[g] == 2 ? sizes[g] : 0;
    }
    for (int v = 0; v < between.length; v++) {
      a.add(rows, v, group[between[v]] * Math.sqrt(sizes[between[v]]));
    }
    DMatrixRMaj inverse = new DMatrixRMaj(a.numCols, a.numRows);
    CommonOps_DDRM.pinv(a, inverse);
    DMatrixRMaj u = new DMatrixRMaj(a.numCols, 1);
    CommonOps_DDRM.mult(inverse, new DMatrixRMaj(b), u);
    DMatrixRMaj product = new DMatrixRMaj(a.numRows, 1);
    CommonOps_DDRM.mult(a, u, product);
    for (int i = 0; i <= rows; i++) {
      if (!(Math.abs(product.get(i, 0) - b[i]) <= HOLDS * (1 + Math.abs(b[i])))) {
        return;
      }
    }
    consider(between, u);
  }

  private void consider(int[] between, DMatrixRMaj u) {
    double[] z = new double[group.length];
    for (int g = 0; g < z.length; g++) {
      z[g] = group[g] == 2 ? sizes[g] : 0;
    }
    for (int v = 0; v < between.length; v++) {
      z[between[v]] = u.get(v, 0) * Math.sqrt(sizes[between[v]]);
    }
    double norm = 0;
    for (int g = 0; g < z.length; g++) {
      boolean keeps =
          options.form() == SignForm.BOX
              ? z[g] >= -HOLDS && z[g] <= sizes[g] + HOLDS
              : z[g] * group[g] >= -HOLDS;
      norm += keeps ? z[g] * z[g] / sizes[g] : Double.POSITIVE_INFINITY;
    }
    for (int i = 0; i < missed.length; i++) {
      double miss = problem.target(i);
      for (int g = 0; g < z.length; g++) {
        miss -= columns[g][i] * z[g];
      }
      norm += miss * missed[i] >= -HOLDS ? 0 : Double.POSITIVE_INFINITY;
    }
    if (norm < best) {
      best = norm;
      answer = Arrays.copyOf(z, z.length);
    }
  }
}
