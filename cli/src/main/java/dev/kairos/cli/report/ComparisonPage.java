// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import dev.kairos.methods.report.ComparisonData;
import dev.kairos.methods.report.ComparisonData.Run;
import dev.kairos.methods.report.ComparisonData.SeedGroup;
import dev.kairos.methods.report.ReportData.Curve;
import dev.kairos.methods.report.ReportData.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs held against each other as one HTML file: where they come from, their scores, the settings
 * in which they differ, their losses and their scores class by class. It needs no script, and the
 * page's content policy allows none and no request.
 */
public final class ComparisonPage {
  private ComparisonPage() {}

  /** The page's text, to be written as UTF-8. */
  public static String html(ComparisonData data) {
    Markup page = PageFrame.begin(data.title(), "");
    provenance(page, data);
    scores(page, data);
    settings(page, data);
    losses(page, data);
    classes(page, data);
    return page.raw("</main>\n</body>\n</html>\n").toString();
  }

  private static void provenance(Markup page, ComparisonData data) {
    Set<String> names = new LinkedHashSet<>();
    data.runs().forEach(run -> names.addAll(run.provenance().keySet()));
    page.raw("<section aria-labelledby=\"origin\"><h2 id=\"origin\">Origin</h2>");
    page.raw("<div class=\"scroll\"><table class=\"words\"><caption>Where each run comes from");
    page.raw("</caption><thead><tr><th scope=\"col\">run</th>");
    names.forEach(name -> page.element("th scope=\"col\"", name));
    page.raw("</tr></thead><tbody>");
    for (Run run : data.runs()) {
      page.raw("<tr>").element("th scope=\"row\"", run.name());
      names.forEach(name -> page.element("td", run.provenance().getOrDefault(name, "–")));
      page.raw("</tr>");
    }
    page.raw("</tbody></table></div>");
    data.notes().forEach(note -> page.element("p class=\"note\"", note));
    page.raw("</section>\n");
  }

  private static void scores(Markup page, ComparisonData data) {
    List<Double> tious = data.tious();
    int columns = tious.size() + 1;
    List<double[]> rows = data.runs().stream().map(run -> row(tious, run.scores())).toList();
    boolean[] comparable = new boolean[columns];
    Arrays.fill(comparable, true);
    comparable[columns - 1] = data.sameThresholds();
    double[] best = best(rows, comparable);
    page.raw("<section aria-labelledby=\"map\"><h2 id=\"map\">Mean average precision</h2>");
    page.raw("<div class=\"scroll\"><table class=\"map\"><caption>mAP in percent at each tIoU ");
    page.raw("threshold; the best run of each column is framed</caption>");
    page.raw("<thead><tr><th scope=\"col\">run</th>");
    tious.forEach(tiou -> page.element("th scope=\"col\"", PageFrame.tiou(tiou)));
    page.raw("<th scope=\"col\">average</th></tr></thead><tbody id=\"runs\">");
    for (int i = 0; i < rows.size(); i++) {
      Run run = data.runs().get(i);
      head(page, run.name(), run.about());
      if (run.scores() == null) {
        page.raw("<td class=\"state\" colspan=\"" + columns + "\">").text(run.state());
        page.raw("</td></tr>");
      } else {
        cells(page, rows.get(i), best);
      }
    }
    page.raw("</tbody>");
    groups(page, data, tious, comparable);
    page.raw("</table></div></section>\n");
  }

  private static void head(Markup page, String name, String about) {
    page.raw("<tr><th scope=\"row\">").text(name);
    page.raw("<span class=\"about\">").text(about).raw("</span></th>");
  }

  private static void cells(Markup page, double[] values, double[] best) {
    for (int k = 0; k < values.length; k++) {
      String strong = k == values.length - 1 ? "strong" : "";
      String framed = values[k] == best[k] ? "best" : "";
      PageFrame.cell(page, values[k], (strong + " " + framed).strip());
    }
    page.raw("</tr>");
  }

  private static void groups(
      Markup page, ComparisonData data, List<Double> tious, boolean[] comparable) {
    if (data.groups().isEmpty()) {
      return;
    }
    List<double[]> means =
        data.groups().stream().map(group -> spread(tious, group.tious(), group.mean())).toList();
    double[] best = best(means, comparable);
    page.raw("<tbody id=\"seeds\">");
    for (int i = 0; i < means.size(); i++) {
      SeedGroup group = data.groups().get(i);
      head(page, group.name(), "mean");
      cells(page, means.get(i), best);
      head(page, group.name(), "standard deviation");
      for (double deviation : spread(tious, group.tious(), group.deviation())) {
        page.element("td", PageFrame.percent(deviation));
      }
      page.raw("</tr>");
    }
    page.raw("</tbody>");
  }

  /** A value in the column of each threshold, NaN where there is none, then the last one. */
  private static double[] spread(List<Double> columns, List<Double> tious, List<Double> values) {
    double[] row = new double[columns.size() + 1];
    Arrays.fill(row, Double.NaN);
    for (int k = 0; k < tious.size(); k++) {
      row[columns.indexOf(tious.get(k))] = values.get(k);
    }
    row[columns.size()] = values.get(tious.size());
    return row;
  }

  private static double[] row(List<Double> columns, @Nullable Scores scores) {
    if (scores == null) {
      double[] nothing = new double[columns.size() + 1];
      Arrays.fill(nothing, Double.NaN);
      return nothing;
    }
    List<Double> values = new ArrayList<>(scores.map());
    values.add(scores.average());
    return spread(columns, scores.tious(), values);
  }

  /** The highest value of each column; NaN where fewer than two rows compete. */
  private static double[] best(List<double[]> rows, boolean[] comparable) {
    double[] best = new double[comparable.length];
    for (int k = 0; k < best.length; k++) {
      int column = k;
      best[k] =
          comparable[k]
              ? best(rows.stream().mapToDouble(row -> row[column]).toArray())
              : Double.NaN;
    }
    return best;
  }

  private static double best(double[] values) {
    DoubleSummaryStatistics there =
        Arrays.stream(values).filter(Double::isFinite).summaryStatistics();
    return there.getCount() > 1 ? there.getMax() : Double.NaN;
  }

  private static void settings(Markup page, ComparisonData data) {
    Map<String, List<String>> differences = data.differences();
    page.raw("<section aria-labelledby=\"set\"><h2 id=\"set\">Settings that differ</h2>");
    if (differences.isEmpty()) {
      page.raw("<p>None: every setting is the same in all runs.</p></section>\n");
      return;
    }
    page.raw("<div class=\"scroll\"><table class=\"words\" id=\"settings\"><thead><tr>");
    page.raw("<th scope=\"col\">setting</th>");
    data.runs().forEach(run -> page.element("th scope=\"col\"", run.name()));
    page.raw("</tr></thead><tbody>");
    differences.forEach(
        (key, values) -> {
          page.raw("<tr>").element("th scope=\"row\"", key);
          values.forEach(value -> page.element("td", value.isEmpty() ? "–" : value));
          page.raw("</tr>");
        });
    page.raw("</tbody></table></div></section>\n");
  }

  private static void losses(Markup page, ComparisonData data) {
    List<Curve> curves = new ArrayList<>();
    for (Run run : data.runs()) {
      run.losses().stream()
          .findFirst()
          .ifPresent(curve -> curves.add(new Curve(run.name(), curve.points())));
    }
    String chart = LossChart.svg(curves);
    if (!chart.isEmpty()) {
      page.raw("<section aria-labelledby=\"loss\"><h2 id=\"loss\">Training loss</h2>");
      page.raw(chart).raw("</section>\n");
    }
  }

  private static void classes(Markup page, ComparisonData data) {
    List<Run> scored = data.runs().stream().filter(run -> run.scores() != null).toList();
    Set<String> labels = new LinkedHashSet<>();
    scored.forEach(run -> labels.addAll(perClass(run).keySet()));
    if (labels.isEmpty()) {
      return;
    }
    page.raw("<section aria-labelledby=\"classes\"><h2 id=\"classes\">Classes</h2>");
    page.raw("<div class=\"scroll\"><table class=\"classes\"><caption>Average precision in ");
    page.raw("percent, the mean over the tIoU thresholds; best class first, the best run of ");
    page.raw("each framed</caption><thead><tr><th scope=\"col\">class</th>");
    scored.forEach(run -> page.element("th scope=\"col\"", run.name()));
    page.raw("</tr></thead><tbody>");
    Comparator<String> byMean =
        Comparator.comparingDouble(
            label -> -mean(scored.stream().map(run -> ap(run, label)).toList()));
    for (String label : labels.stream().sorted(byMean.thenComparing(label -> label)).toList()) {
      double[] row = scored.stream().mapToDouble(run -> ap(run, label)).toArray();
      double best = data.sameThresholds() ? best(row) : Double.NaN;
      page.raw("<tr>").element("th scope=\"row\"", label);
      for (double value : row) {
        PageFrame.cell(page, value, value == best ? "best" : "");
      }
      page.raw("</tr>");
    }
    page.raw("</tbody></table></div></section>\n");
  }

  private static Map<String, List<Double>> perClass(Run run) {
    Scores scores = run.scores();
    return scores == null ? Map.of() : scores.perClass();
  }

  private static double ap(Run run, String label) {
    List<Double> values = perClass(run).get(label);
    return values == null ? Double.NaN : mean(values);
  }

  private static double mean(Collection<Double> values) {
    return values.stream()
        .mapToDouble(Double::doubleValue)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}
