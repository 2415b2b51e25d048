// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.report.StageHistory;
import dev.kairos.methods.report.StageHistory.Row;
import dev.kairos.methods.report.StageHistory.Strip;
import dev.kairos.methods.report.StageHistory.Track;
import dev.kairos.methods.tal.ActionInstance;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The stages one after another: a table, and for some recordings the labels they gave as strips
 * under the activations, one row a stage, below the annotated actions.
 */
final class StageSection {
  private static final double LEFT = 120;
  private static final double WIDTH = 960;
  private static final double ROW = 44;
  private static final double CURVE = 26; // of a row; the strip of labels lies below
  private static final double STRIP = 9;
  private static final double TRUTH = 22;
  private static final int COLOURS = 5; // the sixth is grey, as background is
  private static final int MOST_POINTS = 300;

  private StageSection() {}

  static void write(Markup page, StageHistory history) {
    if (history.stages().isEmpty()) {
      return;
    }
    page.raw("<section aria-labelledby=\"stages\"><h2 id=\"stages\">Stages</h2>");
    table(page, history);
    history.tracks().forEach(track -> track(page, track));
    page.raw("</section>\n");
  }

  private static void table(Markup page, StageHistory history) {
    page.raw("<div class=\"scroll\"><table><caption>The labels each stage gave to what was ");
    page.raw("learned from, and mAP at its end, in percent</caption><thead><tr>");
    for (String head : List.of("stage", "labelled", "precision", "recall")) {
      page.element("th scope=\"col\"", head);
    }
    history.tious().forEach(t -> page.element("th scope=\"col\"", "@" + PageFrame.tiou(t)));
    page.raw("</tr></thead><tbody>");
    for (Row row : history.stages()) {
      page.raw("<tr>").element("th scope=\"row\"", row.name());
      PageFrame.cell(page, row.selected(), "");
      PageFrame.cell(page, row.precision(), "");
      PageFrame.cell(page, row.recall(), "");
      for (int i = 0; i < history.tious().size(); i++) {
        PageFrame.cell(page, i < row.map().size() ? row.map().get(i) : Double.NaN, "");
      }
      page.raw("</tr>");
    }
    page.raw("</tbody></table></div>");
  }

  private static void track(Markup page, Track track) {
    List<String> shown = shown(track);
    double height = TRUTH + ROW * track.strips().size();
    page.raw("<figure class=\"chart stages\"><h3>").text(track.id()).raw("</h3>");
    page.raw("<svg role=\"img\" viewBox=\"0 0 960 " + Markup.fixed(height, 0) + "\" ");
    page.raw("aria-label=\"Labels and activations of ").text(track.id()).raw("\">");
    label(page, "annotated", 12);
    for (ActionInstance action : track.truth()) {
      double from = x(action.segment().start() / track.duration());
      double to = x(action.segment().end() / track.duration());
      rect(page, look(shown.indexOf(action.label())), from, to - from, 4);
    }
    for (int i = 0; i < track.strips().size(); i++) {
      strip(page, track, track.strips().get(i), shown, TRUTH + i * ROW);
    }
    page.raw("</svg><figcaption>");
    for (int i = 0; i < shown.size(); i++) {
      page.raw("<span class=\"key " + look(i) + "\"></span>").text(shown.get(i)).raw(" ");
    }
    page.raw("<span class=\"key k5\"></span>background</figcaption></figure>");
  }

  /** The classes of the recording: annotated, or with a curve or a label somewhere. */
  private static List<String> shown(Track track) {
    Set<String> names = new LinkedHashSet<>();
    track.truth().forEach(action -> names.add(action.label()));
    for (Strip strip : track.strips()) {
      strip.cas().forEach(curve -> names.add(curve.label()));
      strip.labels().stream()
          .filter(label -> label >= 0 && label < track.classes().size())
          .forEach(label -> names.add(track.classes().get(label)));
    }
    return new ArrayList<>(names);
  }

  private static void strip(Markup page, Track track, Strip strip, List<String> shown, double top) {
    label(page, strip.stage(), top + CURVE / 2 + 6);
    double highest =
        strip.cas().stream()
            .flatMap(curve -> curve.values().stream())
            .mapToDouble(Float::doubleValue)
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    for (Activation curve : strip.cas()) {
      page.raw("<path class=\"curve " + look(shown.indexOf(curve.label())) + "\" d=\"");
      page.raw(path(curve.values(), highest > 0 ? highest : 1, top)).raw("\"/>");
    }
    List<Integer> labels = strip.labels();
    for (int from = 0; from < labels.size(); ) {
      int to = from + 1;
      while (to < labels.size() && labels.get(to).equals(labels.get(from))) {
        to++;
      }
      int label = labels.get(from);
      if (label >= 0) {
        int classes = track.classes().size();
        String look = label < classes ? look(shown.indexOf(track.classes().get(label))) : "k5";
        double start = x((double) from / labels.size());
        rect(page, look, start, x((double) to / labels.size()) - start, top + CURVE + 4);
      }
      from = to;
    }
  }

  /** The highest of each stretch, so that a short action is not lost in a long recording. */
  private static String path(List<Float> values, double highest, double top) {
    int stretch = Math.max(1, (values.size() + MOST_POINTS - 1) / MOST_POINTS);
    StringBuilder path = new StringBuilder();
    for (int from = 0; from < values.size(); from += stretch) {
      double value = 0;
      for (float one : values.subList(from, Math.min(values.size(), from + stretch))) {
        value = Math.max(value, one);
      }
      double middle = Math.min(values.size(), from + stretch / 2.0 + 0.5) / values.size();
      path.append(path.isEmpty() ? 'M' : 'L').append(Markup.fixed(x(middle), 1)).append(' ');
      path.append(Markup.fixed(top + CURVE - value / highest * (CURVE - 4), 1));
    }
    return path.toString();
  }

  private static void label(Markup page, String text, double y) {
    page.raw("<text class=\"tick\" x=\"0\" y=\"" + Markup.fixed(y, 1) + "\">");
    page.text(text).raw("</text>");
  }

  private static void rect(Markup page, String look, double x, double width, double y) {
    page.raw("<rect class=\"strip " + look + "\" x=\"" + Markup.fixed(x, 1));
    page.raw("\" y=\"" + Markup.fixed(y, 1) + "\" width=\"" + Markup.fixed(width, 1));
    page.raw("\" height=\"" + Markup.fixed(STRIP, 0) + "\"/>");
  }

  private static String look(int shownClass) {
    return "k" + shownClass % COLOURS;
  }

  private static double x(double share) {
    return LEFT + Math.max(0, Math.min(1, share)) * (WIDTH - LEFT);
  }
}
