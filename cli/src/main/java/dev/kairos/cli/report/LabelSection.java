// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import dev.kairos.methods.report.LabelHistory;
import dev.kairos.methods.report.LabelHistory.Generation;
import dev.kairos.methods.report.LabelHistory.LabelledRecording;
import dev.kairos.methods.report.LabelHistory.Lane;
import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.tal.Segment;
import java.util.List;

/**
 * The labels that a training renewed itself: a table of generations, and for some recordings and
 * each of their classes the way from activation to label: activation, candidates, fused instances,
 * label and its last change.
 */
final class LabelSection {
  private static final double LEFT = 120;
  private static final double WIDTH = 960;
  private static final double CURVE = 34;
  private static final double BAR = 3;
  private static final double BARS = 18; // room for candidates, however many
  private static final int MOST_BARS = 60;
  private static final int MOST_POINTS = 400;
  private static final String ACTIVATION = "k1";
  private static final String TRUTH = "k2";
  private static final String INSTANCE = "k0";
  private static final String LABEL = "k3";

  private LabelSection() {}

  static void write(Markup page, LabelHistory history) {
    if (history.generations().isEmpty()) {
      return;
    }
    page.raw("<section aria-labelledby=\"labels\"><h2 id=\"labels\">Renewed labels</h2>");
    table(page, history.generations());
    history.recordings().forEach(recording -> recording(page, recording));
    page.raw("</section>\n");
  }

  private static void table(Markup page, List<Generation> generations) {
    page.raw("<div class=\"scroll\"><table><caption>Each generation of labels: mean label a ");
    page.raw("snippet and how much of it changed; the share in classes of the recording, and of ");
    page.raw("snippets marked rightly, in percent; programs, and those with contradictions");
    page.raw("</caption><thead><tr>");
    for (String head :
        List.of(
            "generation",
            "step",
            "label",
            "change",
            "own classes",
            "precision",
            "recall",
            "programs",
            "contradictions")) {
      page.element("th scope=\"col\"", head);
    }
    page.raw("</tr></thead><tbody>");
    for (Generation g : generations) {
      page.raw("<tr>").element("th scope=\"row\"", Integer.toString(g.number()));
      page.element("td", Long.toString(g.step()));
      page.element("td", Markup.fixed(g.sum(), 4));
      page.element("td", Markup.fixed(g.change(), 4));
      PageFrame.cell(page, g.ownClasses(), "");
      PageFrame.cell(page, g.precision(), "");
      PageFrame.cell(page, g.recall(), "");
      page.element("td", Integer.toString(g.programs()));
      page.element("td", Integer.toString(g.contradictions()));
      page.raw("</tr>");
    }
    page.raw("</tbody></table></div>");
  }

  private static void recording(Markup page, LabelledRecording recording) {
    for (Lane lane : recording.classes()) {
      double candidates = barsHeight(lane.candidates());
      double fused = barsHeight(lane.fused());
      double height = 16 + CURVE + 6 + candidates + 8 + fused + 8 + CURVE + 6 + CURVE + 4;
      page.raw("<figure class=\"chart stages\"><h3>").text(recording.id() + ", " + lane.name());
      page.raw("</h3><svg role=\"img\" viewBox=\"0 0 960 " + Markup.fixed(height, 0) + "\" ");
      page.raw("aria-label=\"From activation to label\">");
      double y = 4;
      name(page, "annotated", y + 7);
      bars(page, lane.truth(), recording.duration(), TRUTH, y, 9);
      y += 16;
      name(page, "activation", y + CURVE / 2);
      curve(page, lane.cas(), ACTIVATION, y);
      y += CURVE + 6;
      name(page, "candidates", y + 9);
      stack(page, lane.candidates(), recording.duration(), y);
      y += candidates + 8;
      name(page, "fused", y + 9);
      stack(page, lane.fused(), recording.duration(), y);
      y += fused + 8;
      name(page, "label", y + CURVE / 2);
      curve(page, lane.label(), LABEL, y);
      y += CURVE + 6;
      name(page, "its change", y + CURVE / 2);
      curve(page, lane.change(), LABEL, y);
      page.raw("</svg></figure>");
    }
  }

  private static double barsHeight(List<Segment> segments) {
    return Math.max(BARS, Math.min(segments.size(), MOST_BARS) * (BAR + 1));
  }

  private static void stack(Markup page, List<Segment> segments, double duration, double top) {
    for (int i = 0; i < Math.min(segments.size(), MOST_BARS); i++) {
      bars(page, List.of(segments.get(i)), duration, INSTANCE, top + i * (BAR + 1), BAR);
    }
  }

  private static void bars(
      Markup page, List<Segment> segments, double duration, String look, double y, double height) {
    for (Segment segment : segments) {
      double from = x(segment.start() / duration);
      double width = Math.max(1, x(segment.end() / duration) - from);
      page.raw("<rect class=\"strip " + look + "\" x=\"" + Markup.fixed(from, 1) + "\" y=\"");
      page.raw(Markup.fixed(y, 1) + "\" width=\"" + Markup.fixed(width, 1) + "\" height=\"");
      page.raw(Markup.fixed(height, 0) + "\"/>");
    }
  }

  /**
   * A curve between its least value, or 0, and its largest; of a stretch what is farthest from 0.
   */
  private static void curve(Markup page, Activation curve, String look, double top) {
    List<Float> values = curve.values();
    double low = values.stream().mapToDouble(Float::doubleValue).min().orElse(0);
    double high = values.stream().mapToDouble(Float::doubleValue).max().orElse(0);
    low = Math.min(0, low);
    high = Math.max(high, low + 1e-9);
    int stretch = Math.max(1, (values.size() + MOST_POINTS - 1) / MOST_POINTS);
    StringBuilder path = new StringBuilder();
    for (int from = 0; from < values.size(); from += stretch) {
      int to = Math.min(values.size(), from + stretch);
      double value = 0;
      for (float one : values.subList(from, to)) {
        value = Math.abs(one) > Math.abs(value) ? one : value;
      }
      path.append(path.isEmpty() ? 'M' : 'L');
      path.append(Markup.fixed(x((from + to) / 2.0 / values.size()), 1)).append(' ');
      path.append(Markup.fixed(top + CURVE - (value - low) / (high - low) * (CURVE - 2), 1));
    }
    page.raw("<path class=\"curve " + look + "\" d=\"" + path + "\"/>");
    page.raw("<text class=\"tick\" text-anchor=\"end\" x=\"" + Markup.fixed(LEFT - 6, 0));
    page.raw("\" y=\"" + Markup.fixed(top + CURVE, 1) + "\">" + Markup.fixed(high, 3) + "</text>");
  }

  private static void name(Markup page, String text, double y) {
    page.raw("<text class=\"tick\" x=\"0\" y=\"" + Markup.fixed(y, 1) + "\">" + text + "</text>");
  }

  private static double x(double share) {
    return LEFT + Math.max(0, Math.min(1, share)) * (WIDTH - LEFT);
  }
}
