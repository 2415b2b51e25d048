// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.report.ValidationHistory;
import dev.kairos.methods.tuning.Trial;
import dev.kairos.methods.tuning.TuningResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The trials of a search as a table, the best first. */
final class TrialTable {
  private TrialTable() {}

  static void print(TuningResult result, PrintStream out) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head =
        new ArrayList<>(List.of("trial", "mAP, %", "sd", "classes, %", "kept after"));
    List<String> keys =
        result.trials().stream()
            .findFirst()
            .map(trial -> List.copyOf(trial.settings().keySet()))
            .orElse(List.of());
    head.addAll(keys);
    rows.add(head);
    for (Trial trial : result.ranked()) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(trial.number())));
      row.add(trial.isFailed() ? "failed" : percent(trial.average()));
      row.add(percent(trial.deviation()));
      row.add(percent(trial.classification()));
      row.add(kept(trial));
      keys.forEach(key -> row.add(trial.settings().getOrDefault(key, "")));
      rows.add(row);
    }
    result
        .scored()
        .ifPresent(
            content -> out.println("on what was held out: " + ValidationHistory.about(content)));
    rows.forEach(row -> out.println(line(row, rows)));
    for (Trial trial : result.ranked()) {
      if (trial.isFailed()) {
        out.println("trial " + trial.number() + ": " + Messages.oneLine(trial.problem()));
      }
    }
  }

  /** The step of the weights that were kept; of several seeds, each. */
  private static String kept(Trial trial) {
    return trial.isFailed()
        ? "–"
        : String.join(
            ", ", trial.runs().stream().map(run -> Long.toString(run.kept().total())).toList());
  }

  private static String percent(double fraction) {
    return Double.isNaN(fraction) ? "–" : String.format(Locale.ROOT, "%.2f", fraction * 100);
  }

  private static String line(List<String> row, List<List<String>> rows) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
      String cell = row.get(i);
      line.append(i == 0 ? "" : "  ").append(" ".repeat(width - cell.length())).append(cell);
    }
    return line.toString();
  }
}
