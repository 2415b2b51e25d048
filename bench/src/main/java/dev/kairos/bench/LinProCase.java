// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import dev.kairos.lp.linpro.LinProProblem;
import dev.kairos.lp.linpro.SignForm;
import dev.kairos.lp.linpro.Weighting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Instances of LinPro of one size: proposals in clusters that overlap, and scores that a label in
 * [0,1] explains. Written {@code box-10x750}: the form, the proposals, the snippets.
 *
 * @param form what values a snippet may take
 * @param rows proposals
 * @param length snippets
 */
record LinProCase(SignForm form, int rows, int length) {
  /** Different problems of the same size, so that no peer learns one by heart. */
  static final int PROBLEMS = 8;

  static LinProCase parse(String text) {
    if (!text.matches("(box|free)-[0-9]{1,3}x[0-9]{1,5}")) {
      throw new IllegalArgumentException("not like box-10x750: " + text);
    }
    return new LinProCase(
        SignForm.valueOf(text.substring(0, text.indexOf('-')).toUpperCase(Locale.ROOT)),
        Integer.parseInt(text.replaceAll(".*-|x.*", "")),
        Integer.parseInt(text.substring(text.lastIndexOf('x') + 1)));
  }

  /** The cells of the table. */
  static List<LinProCase> all(boolean full) {
    int[] lengths = full ? new int[] {100, 300, 750, 1500, 3000} : new int[] {100, 750, 3000};
    List<LinProCase> all = new ArrayList<>();
    for (SignForm form : SignForm.values()) {
      for (int rows : new int[] {3, 10, 30, 60}) {
        for (int length : lengths) {
          all.add(new LinProCase(form, rows, length));
        }
      }
    }
    return all;
  }

  @Override
  public String toString() {
    return form.toString().toLowerCase(Locale.ROOT) + "-" + rows + "x" + length;
  }

  /** The problems; the same for both forms. */
  List<LinProProblem> problems() {
    List<LinProProblem> problems = new ArrayList<>();
    for (int seed = 0; seed < PROBLEMS; seed++) {
      problems.add(problem(new SplittableRandom(1_000_003L * rows + 7919L * length + seed)));
    }
    return problems;
  }

  private LinProProblem problem(SplittableRandom random) {
    int clusters = 1 + rows / 4;
    double[] centre = new double[clusters];
    double[] width = new double[clusters];
    for (int k = 0; k < clusters; k++) {
      centre[k] = length * (0.05 + 0.9 * random.nextDouble());
      width[k] = length * (0.02 + 0.06 * random.nextDouble());
    }
    int[][] cuts = new int[rows][];
    for (int i = 0; i < rows; i++) {
      int k = random.nextInt(clusters);
      double half = Math.max(3, width[k] * (0.3 + 0.4 * random.nextDouble()));
      double middle = centre[k] + 0.4 * width[k] * (random.nextDouble() - 0.5);
      int start = Math.max(0, (int) Math.round(middle - half));
      int end = Math.min(length - 1, (int) Math.round(middle + half));
      int margin = Math.max(1, Math.round((end - start) / 4f));
      cuts[i] = new int[] {Math.max(0, start - margin), start, end, Math.min(length, end + margin)};
    }
    double[] label = new double[length];
    for (int t = 0; t < length; t++) {
      label[t] = random.nextDouble();
    }
    double[] targets = new double[rows];
    LinProProblem shape = new LinProProblem(length, cuts, targets, Weighting.NORMALIZED);
    for (int i = 0; i < rows; i++) {
      for (int t = cuts[i][0]; t < cuts[i][3]; t++) {
        targets[i] += entry(shape, i, t) * label[t];
      }
    }
    return new LinProProblem(length, cuts, targets, Weighting.NORMALIZED);
  }

  private static double entry(LinProProblem problem, int i, int t) {
    if (t < problem.cut(i, 0) || t >= problem.cut(i, 3)) {
      return 0;
    }
    boolean inner = t >= problem.cut(i, 1) && t < problem.cut(i, 2);
    return inner ? problem.innerWeight(i) : problem.outerWeight(i);
  }

  /** Equal columns as one; a column of any sign as the difference of two. */
  LinearProgram collapsed(LinProProblem problem) {
    return collapsed(problem, form, Double.POSITIVE_INFINITY);
  }

  /**
   * The same program with a price.
   *
   * @param penalty what missing a row costs per unit; infinite if rows have to hold
   */
  static LinearProgram collapsed(LinProProblem problem, SignForm form, double penalty) {
    Map<List<Double>, Integer> sizes = new LinkedHashMap<>();
    for (int t = 0; t < problem.length(); t++) {
      Double[] column = new Double[problem.rows()];
      for (int i = 0; i < column.length; i++) {
        column[i] = entry(problem, i, t) + 0.0;
      }
      sizes.merge(List.of(column), 1, Integer::sum);
    }
    sizes.remove(new ArrayList<>(java.util.Collections.nCopies(problem.rows(), 0.0)));
    LinearProgramBuilder builder = LinearProgram.builder();
    for (int i = 0; i < problem.rows(); i++) {
      builder.addRow(problem.target(i), problem.target(i));
    }
    double[] signs = form == SignForm.BOX ? new double[] {1} : new double[] {1, -1};
    for (double sign : signs) {
      sizes.forEach(
          (column, size) -> {
            double most = form == SignForm.BOX ? size : Double.POSITIVE_INFINITY;
            int j = builder.addColumn(1, 0, most);
            for (int i = 0; i < column.size(); i++) {
              if (column.get(i) != 0) {
                builder.entry(i, j, sign * column.get(i));
              }
            }
          });
    }
    for (int i = 0; i < problem.rows() && penalty < Double.POSITIVE_INFINITY; i++) {
      builder.entry(i, builder.addColumn(penalty, 0, Double.POSITIVE_INFINITY), 1);
      builder.entry(i, builder.addColumn(penalty, 0, Double.POSITIVE_INFINITY), -1);
    }
    return builder.build();
  }

  /** Least and most groups over the problems. */
  int[] groups() {
    int[] groups =
        problems().stream()
            .mapToInt(p -> collapsed(p).columns() / (form == SignForm.BOX ? 1 : 2))
            .toArray();
    return new int[] {
      Arrays.stream(groups).min().orElseThrow(), Arrays.stream(groups).max().orElseThrow()
    };
  }
}
