// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import dev.kairos.methods.files.Plural;
import dev.kairos.methods.report.ReportData;
import dev.kairos.methods.report.ReportData.Point;
import dev.kairos.methods.report.ReportData.Scores;
import dev.kairos.methods.report.ReportData.Timeline;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A report as one HTML file: where the numbers come from, the numbers, and each recording's
 * timeline. It holds its styles, its script and its data, and forbids itself everything else: the
 * page's content policy allows no request and no script but its own.
 */
public final class ReportPage {
  private static final int MIDDLE_PERCENT = 50;

  private ReportPage() {}

  /** The page's text, to be written as UTF-8. */
  public static String html(ReportData data) {
    String script = PageFrame.resource("report.js");
    Markup page = PageFrame.begin(data.title(), script);
    provenance(page, data);
    Scores scores = data.scores();
    if (scores != null) {
      summary(page, data, scores);
      classes(page, scores);
    }
    losses(page, data);
    StageSection.write(page, data.stages());
    LabelSection.write(page, data.labels());
    PseudoActionSection.write(page, data.pseudoActions());
    recordings(page, data.recordings());
    page.raw("</main>\n<div id=\"tip\" hidden></div>\n");
    page.raw("<script type=\"application/json\" id=\"data\">");
    page.raw(TimelineJson.of(data.recordings())).raw("</script>\n");
    return page.raw("<script>").raw(script).raw("</script>\n</body>\n</html>\n").toString();
  }

  private static void provenance(Markup page, ReportData data) {
    page.raw("<section aria-labelledby=\"origin\"><h2 id=\"origin\">Origin</h2><dl>");
    data.provenance()
        .forEach(
            (name, value) ->
                page.raw("<div>").element("dt", name).element("dd", value).raw("</div>"));
    page.raw("</dl>");
    for (String note : data.notes()) {
      page.element("p class=\"note\"", note);
    }
    if (!data.config().isEmpty()) {
      page.raw("<details><summary>Configuration</summary>");
      page.element("pre", data.config()).raw("</details>");
    }
    page.raw("</section>\n");
  }

  private static void summary(Markup page, ReportData data, Scores scores) {
    List<Timeline> recordings = data.recordings();
    page.raw("<section aria-labelledby=\"map\"><h2 id=\"map\">Mean average precision</h2>");
    page.raw("<div class=\"tiles\">");
    tile(page, PageFrame.percent(scores.average()), "average mAP, %");
    int middle = scores.tious().indexOf(MIDDLE_PERCENT / 100.0);
    if (middle >= 0) {
      tile(page, PageFrame.percent(scores.map().get(middle)), "mAP at tIoU 0.5, %");
    }
    tile(page, Integer.toString(recordings.size()), "recordings");
    tile(page, count(recordings.stream().mapToInt(r -> r.truth().size()).sum()), "actions");
    tile(page, count(recordings.stream().mapToInt(r -> r.detections().size()).sum()), "detections");
    page.raw("</div>");
    if (!scores.about().isEmpty()) {
      page.element("p class=\"meta\"", scores.about());
    }
    page.raw("<div class=\"scroll\"><table class=\"map\"><caption>mAP in percent at each ");
    page.raw("tIoU threshold</caption><thead><tr><th scope=\"col\">tIoU</th>");
    scores.tious().forEach(tiou -> page.element("th scope=\"col\"", PageFrame.tiou(tiou)));
    page.raw("<th scope=\"col\">average</th></tr></thead><tbody><tr><th scope=\"row\">mAP</th>");
    scores.map().forEach(map -> PageFrame.cell(page, map, ""));
    PageFrame.cell(page, scores.average(), "strong");
    data.others()
        .forEach(
            (name, values) -> {
              page.raw("</tr><tr>").element("th scope=\"row\"", name);
              values.forEach(map -> PageFrame.cell(page, map, ""));
              PageFrame.cell(page, mean(values), "strong");
            });
    page.raw("</tr></tbody></table></div></section>\n");
  }

  private static void tile(Markup page, String value, String label) {
    page.raw("<div class=\"tile\">").element("b", value).element("span", label).raw("</div>");
  }

  private static void classes(Markup page, Scores scores) {
    page.raw("<section aria-labelledby=\"classes\"><h2 id=\"classes\">Classes</h2>");
    page.raw("<div class=\"scroll\"><table><caption>Average precision in percent, best class ");
    page.raw("first</caption><thead><tr><th scope=\"col\">class</th>");
    scores.tious().forEach(tiou -> page.element("th scope=\"col\"", PageFrame.tiou(tiou)));
    page.raw("<th scope=\"col\">average</th></tr></thead><tbody>");
    Comparator<Map.Entry<String, List<Double>>> byMean =
        Comparator.comparingDouble(entry -> -mean(entry.getValue()));
    scores.perClass().entrySet().stream()
        .sorted(byMean.thenComparing(Map.Entry::getKey))
        .forEach(
            entry -> {
              page.raw("<tr>").element("th scope=\"row\"", entry.getKey());
              entry.getValue().forEach(ap -> PageFrame.cell(page, ap, ""));
              PageFrame.cell(page, mean(entry.getValue()), "strong");
              page.raw("</tr>");
            });
    page.raw("</tbody></table></div></section>\n");
  }

  private static void losses(Markup page, ReportData data) {
    String chart = LossChart.svg(data.losses());
    if (!chart.isEmpty()) {
      page.raw("<section aria-labelledby=\"loss\"><h2 id=\"loss\">Training</h2>");
      page.raw(chart);
      learningRates(page, data);
      page.raw("</section>\n");
    }
    ValidationSection.write(page, data.validation());
  }

  /** Curves, or a sentence where all steps had one rate. */
  private static void learningRates(Markup page, ReportData data) {
    double[] rates =
        data.learningRates().stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(Point::value)
            .distinct()
            .toArray();
    if (rates.length == 1) {
      page.element("p class=\"meta\"", "learning rate " + rates[0] + " in every step");
    } else {
      page.raw(LossChart.svg(data.learningRates()));
    }
  }

  private static void recordings(Markup page, List<Timeline> recordings) {
    if (recordings.isEmpty()) {
      return;
    }
    page.raw("<section aria-labelledby=\"rec\"><h2 id=\"rec\">Recordings</h2>");
    page.raw(PageFrame.resource("controls.html"));
    page.raw("<noscript><p class=\"note\">The timelines are drawn by the page's script, ");
    page.raw("which this browser does not run.</p></noscript><div id=\"recordings\">");
    for (Timeline recording : recordings) {
      page.raw("<article class=\"rec\">").element("h3", recording.id()).raw("<p class=\"meta\">");
      page.text(
          length(recording.seconds())
              + " · "
              + Plural.of(recording.truth().size(), "action")
              + " · ");
      page.text(Plural.of(recording.detections().size(), "detection")).raw("</p>");
      page.raw("<div class=\"timeline\"></div></article>\n");
    }
    page.raw("</div></section>\n");
  }

  private static String length(double seconds) {
    long whole = Math.round(seconds);
    return seconds < 120
        ? Markup.fixed(seconds, 1) + " s"
        : whole / 60 + ":" + (whole % 60 < 10 ? "0" : "") + whole % 60 + " min";
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private static String count(int number) {
    return String.format(java.util.Locale.ROOT, "%,d", number).replace(',', '\u202f');
  }
}
