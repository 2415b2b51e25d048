// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import dev.kairos.methods.files.Plural;
import dev.kairos.methods.report.ReportData.Curve;
import dev.kairos.methods.report.ValidationHistory;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.tuning.Trial;
import dev.kairos.methods.tuning.TuningResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A search over settings as one HTML file: its trials from the best to the worst, and how the best
 * ones scored as they were trained. It needs no script, and the page's content policy allows none
 * and no request.
 */
public final class TunePage {
  private static final int MOST_CURVES = 6;

  private TunePage() {}

  /**
   * The page's text, to be written as UTF-8.
   *
   * @param command that trains the best settings; empty where all failed
   */
  public static String html(TuningResult result, String command) throws IOException {
    Markup page =
        PageFrame.begin("Search over settings of " + result.method() + " on " + result.data(), "");
    origin(page, result, command);
    trials(page, result);
    curves(page, result);
    return page.raw("</main>\n</body>\n</html>\n").toString();
  }

  private static void origin(Markup page, TuningResult result, String command) {
    page.raw("<section aria-labelledby=\"origin\"><h2 id=\"origin\">Origin</h2><dl>");
    entry(page, "method", result.method());
    entry(page, "data", result.data());
    result
        .scored()
        .ifPresent(content -> entry(page, "scored on", ValidationHistory.about(content)));
    entry(page, "search", result.search().word() + ", " + Plural.of(result.planned(), "trial"));
    result
        .best()
        .ifPresent(
            best ->
                entry(
                    page,
                    "seeds",
                    best.runs().stream()
                        .map(run -> Long.toString(run.seed()))
                        .collect(Collectors.joining(", "))));
    page.raw("</dl>");
    page.raw("<p class=\"note\">Settings were chosen by these scores, so that of the best is too ");
    page.raw("good. The recordings to test on were not looked at: they say how good it is.</p>");
    if (!command.isEmpty()) {
      page.raw("<p>Train the best settings, and test them:</p>")
          .element("pre style=\"white-space: pre-wrap\"", command);
    }
    page.raw("</section>\n");
  }

  private static void entry(Markup page, String name, String value) {
    page.raw("<div>").element("dt", name).element("dd", value).raw("</div>");
  }

  private static void trials(Markup page, TuningResult result) {
    List<String> keys =
        result.trials().stream()
            .findFirst()
            .map(trial -> List.copyOf(trial.settings().keySet()))
            .orElse(List.of());
    page.raw("<section aria-labelledby=\"trials\"><h2 id=\"trials\">Trials</h2>");
    page.raw("<div class=\"scroll\"><table class=\"map\"><caption>Scores in percent on what was ");
    page.raw("held out, the best trial first</caption><thead><tr>");
    List<String> head = new ArrayList<>(List.of("trial"));
    head.addAll(keys);
    head.addAll(List.of("average mAP", "deviation", "classification mAP", "kept after step"));
    head.forEach(name -> page.element("th scope=\"col\"", name));
    page.raw("</tr></thead><tbody>");
    for (Trial trial : result.ranked()) {
      page.raw("<tr>").element("th scope=\"row\"", Integer.toString(trial.number()));
      keys.forEach(key -> page.element("td", trial.settings().getOrDefault(key, "–")));
      if (trial.isFailed()) {
        page.raw("<td class=\"state\" colspan=\"4\">").text(trial.problem()).raw("</td></tr>");
        continue;
      }
      PageFrame.cell(page, trial.average(), "strong");
      page.element("td", PageFrame.percent(trial.deviation()));
      PageFrame.cell(page, trial.classification(), "");
      page.element(
          "td",
          trial.runs().stream()
              .map(run -> Long.toString(run.kept().total()))
              .collect(Collectors.joining(", ")));
      page.raw("</tr>");
    }
    page.raw("</tbody></table></div></section>\n");
  }

  private static void curves(Markup page, TuningResult result) throws IOException {
    List<Curve> curves = new ArrayList<>();
    for (Trial trial : result.ranked()) {
      if (!trial.isFailed() && curves.size() < MOST_CURVES) {
        RunFolder run = RunFolder.open(trial.runs().get(0).folder());
        ValidationHistory.of(run).scores().stream()
            .limit(1)
            .forEach(
                curve ->
                    curves.add(
                        new Curve(
                            "trial " + trial.number() + ": " + trial.words(), curve.points())));
      }
    }
    String chart = LossChart.svg(curves);
    if (!chart.isEmpty()) {
      page.raw("<section aria-labelledby=\"curves\"><h2 id=\"curves\">As they were trained</h2>");
      page.element(
          "p class=\"meta\"",
          "Average mAP in percent on what was held out, of the best trials, first seed");
      page.raw(chart).raw("</section>\n");
    }
  }
}
