// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.evaluation.SeedScores;
import dev.kairos.methods.evaluation.Thresholds;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A small table of mAP in percent: a column for each tIoU threshold and one for their average. */
final class MapTable {
  private static final String TITLE = "mAP, %";

  private final double[] tious;
  private final Map<String, double[]> rows = new LinkedHashMap<>();

  MapTable(double[] tious) {
    this.tious = tious.clone();
  }

  /** Adds a row of fractions, one for each threshold and the average; NaN where there is none. */
  MapTable row(String name, double[] fractions) {
    rows.put(name, fractions.clone());
    return this;
  }

  /** Adds the row of an evaluation. */
  MapTable row(String name, EvaluationResult result) {
    return row(name, values(result));
  }

  /** A row for each seed of a training, then mean and deviation. */
  static MapTable of(SeedScores seeds) {
    MapTable table = new MapTable(seeds.tious());
    String name = seeds.method() + ", " + seeds.unit() + " ";
    seeds.scores().forEach((number, run) -> table.row(name + number, run));
    table.row("mean", seeds.mean());
    if (seeds.scores().size() > 1) {
      table.row("standard deviation", seeds.deviation());
    }
    return table;
  }

  /** mAP at each threshold, then the average. */
  private static double[] values(EvaluationResult result) {
    double[] map = result.map();
    double[] values = Arrays.copyOf(map, map.length + 1);
    values[map.length] = result.average();
    return values;
  }

  void print(PrintStream out) {
    int width =
        Math.max(TITLE.length(), rows.keySet().stream().mapToInt(String::length).max().orElse(0));
    StringBuilder head = new StringBuilder(padded(TITLE, width));
    for (double tiou : tious) {
      head.append(" %7s".formatted("@" + Thresholds.written(tiou).toPlainString()));
    }
    out.println(head + " average");
    rows.forEach(
        (name, fractions) -> {
          StringBuilder line = new StringBuilder(padded(name, width));
          for (double fraction : fractions) {
            line.append(
                Double.isNaN(fraction)
                    ? "       –"
                    : String.format(Locale.ROOT, " %7.2f", fraction * 100));
          }
          out.println(line);
        });
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
