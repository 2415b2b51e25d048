// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.report.ComparisonData;
import dev.kairos.methods.report.ComparisonData.SeedGroup;
import dev.kairos.methods.report.ReportData.Scores;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** The table of mAP of several runs, and below it the runs that have none. */
final class ComparisonTable {
  private ComparisonTable() {}

  static void print(ComparisonData data, PrintStream out) {
    double[] tious = data.tious().stream().mapToDouble(Double::doubleValue).toArray();
    MapTable table = new MapTable(tious);
    boolean any = false;
    for (ComparisonData.Run run : data.runs()) {
      Scores scores = run.scores();
      if (scores != null) {
        any = true;
        double[] row = spread(tious, scores.tious(), scores.map(), scores.average());
        table.row(Messages.oneLine(run.name()), row);
      }
    }
    for (SeedGroup group : data.groups()) {
      table.row(group.name() + ", mean", spread(tious, group, group.mean()));
      table.row(group.name() + ", sd", spread(tious, group, group.deviation()));
    }
    if (any) {
      table.print(out);
    }
    for (ComparisonData.Run run : data.runs()) {
      if (!run.state().isEmpty()) {
        out.println(Messages.oneLine(run.name()) + ": " + run.state());
      }
    }
  }

  private static double[] spread(double[] columns, SeedGroup group, List<Double> values) {
    int last = group.tious().size();
    return spread(columns, group.tious(), values.subList(0, last), values.get(last));
  }

  private static double[] spread(
      double[] columns, List<Double> tious, List<Double> values, double average) {
    double[] row = new double[columns.length + 1];
    Arrays.fill(row, Double.NaN);
    for (int k = 0; k < tious.size(); k++) {
      row[Arrays.binarySearch(columns, tious.get(k))] = values.get(k);
    }
    row[columns.length] = average;
    return row;
  }
}
