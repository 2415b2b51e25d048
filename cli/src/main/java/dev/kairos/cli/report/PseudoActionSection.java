// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import dev.kairos.methods.report.PseudoActionHistory;
import dev.kairos.methods.report.PseudoActionHistory.Errors;
import dev.kairos.methods.report.PseudoActionHistory.Found;
import dev.kairos.methods.report.PseudoActionHistory.Look;
import dev.kairos.methods.report.PseudoActionHistory.MarkedMoment;
import dev.kairos.methods.report.PseudoActionHistory.MarkedRecording;
import dev.kairos.methods.report.PseudoActionHistory.Precision;
import dev.kairos.methods.report.PseudoActionHistory.Quality;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The pseudo actions that a training made of points: a table of their quality by epoch where it was
 * measured, and for some recordings a lane for each look, below the annotated actions and the
 * points: actions in the colours of their classes, background in grey, a thin line where
 * neighbouring points part.
 */
final class PseudoActionSection {
  private static final double LEFT = 120;
  private static final double WIDTH = 960;
  private static final double ROW = 26;
  private static final double STRIP = 14;
  private static final int COLOURS = 5; // the sixth is grey, as background is
  private static final String BACKGROUND = "k5";

  /** Of the high thresholds those that are published one by one. */
  private static final List<Double> PUBLISHED = List.of(0.5, 0.75, 0.95);

  private PseudoActionSection() {}

  static void write(Markup page, PseudoActionHistory history) {
    if (history.looks().isEmpty()) {
      return;
    }
    page.raw("<section aria-labelledby=\"pseudo\"><h2 id=\"pseudo\">Pseudo actions</h2>");
    page.raw(
        "<p class=\"meta\">What the training took for actions, one lane each time it looked: ");
    page.raw("before the first step of some epochs, and after its last. A thin line is where two ");
    page.raw("neighbouring points part.");
    if (!history.pointSource().isEmpty()) {
      page.raw(" Source of the points: ").text(history.pointSource()).raw(".");
    }
    page.raw("</p>");
    List<Look> measured = history.looks().stream().filter(look -> look.quality() != null).toList();
    if (!measured.isEmpty()) {
      table(page, measured);
    }
    for (int v = 0; v < history.recordings().size(); v++) {
      recording(page, history, v);
    }
    page.raw("</section>\n");
  }

  private static void table(Markup page, List<Look> looks) {
    page.raw("<div class=\"scroll\"><table><caption>Pseudo actions of all recordings with points ");
    page.raw("against the annotated actions: mAP in percent at low and at high tIoU, the means ");
    page.raw("over 0.1 to 0.7 and over 0.5 to 0.95; mean errors of starts and ends in seconds, ");
    page.raw("with signs, late being positive, and without; labels whose point lies in no ");
    page.raw("annotated action of the class, which have no error</caption><thead><tr>");
    head(page, "after epoch");
    Quality first = looks.get(0).quality();
    if (first != null) {
      first.low().tious().forEach(t -> head(page, "@" + PageFrame.tiou(t)));
      head(page, "mean");
      shown(first.high())
          .forEach(i -> head(page, "@" + PageFrame.tiou(first.high().tious().get(i))));
    }
    List.of("mean", "start", "|start|", "end", "|end|", "outside").forEach(h -> head(page, h));
    page.raw("</tr></thead><tbody>");
    for (Look look : looks) {
      Quality quality = look.quality();
      if (quality != null) {
        row(page, look.epoch(), quality);
      }
    }
    page.raw("</tbody></table></div>");
  }

  private static void head(Markup page, String text) {
    page.element("th scope=\"col\"", text);
  }

  private static void row(Markup page, long epoch, Quality quality) {
    page.raw("<tr>").element("th scope=\"row\"", Long.toString(epoch));
    quality.low().map().forEach(map -> PageFrame.cell(page, map, ""));
    PageFrame.cell(page, quality.low().average(), "strong");
    shown(quality.high()).forEach(i -> PageFrame.cell(page, quality.high().map().get(i), ""));
    PageFrame.cell(page, quality.high().average(), "strong");
    errors(page, quality.starts());
    errors(page, quality.ends());
    page.element("td", Long.toString(quality.missed())).raw("</tr>");
  }

  private static void errors(Markup page, Errors errors) {
    String sign = errors.mean() > 0 ? "+" : "";
    page.element("td", sign + Markup.fixed(errors.mean(), 2));
    page.element("td", Markup.fixed(errors.meanAbsolute(), 2));
  }

  private static List<Integer> shown(Precision high) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < high.tious().size(); i++) {
      if (PUBLISHED.contains(high.tious().get(i))) {
        places.add(i);
      }
    }
    return places;
  }

  private static void recording(Markup page, PseudoActionHistory history, int v) {
    MarkedRecording recording = history.recordings().get(v);
    List<Look> looks = history.looks();
    List<String> classes = classes(recording);
    boolean isAnnotated = !recording.truth().isEmpty();
    double height = ROW * ((isAnnotated ? 2 : 1) + looks.size());
    page.raw("<figure class=\"chart stages\"><h3>").text(recording.id()).raw("</h3>");
    page.raw("<svg role=\"img\" viewBox=\"0 0 960 " + Markup.fixed(height, 0) + "\" ");
    page.raw("aria-label=\"Points and pseudo actions of ").text(recording.id()).raw("\">");
    double y = 0;
    if (isAnnotated) {
      name(page, "annotated", y);
      for (ActionInstance action : recording.truth()) {
        String look = look(classes.indexOf(action.label()));
        bar(page, look, action.segment(), recording.duration(), y, STRIP, action.label());
      }
      y += ROW;
    }
    name(page, "points", y);
    for (MarkedMoment point : recording.points()) {
      point(page, point, recording.duration(), classes, y);
    }
    y += ROW;
    for (Look look : looks) {
      name(page, "epoch " + look.epoch(), y);
      lane(page, recording, look.found().get(v), classes, y);
      y += ROW;
    }
    page.raw("</svg><figcaption>");
    for (int i = 0; i < classes.size(); i++) {
      page.raw("<span class=\"key " + look(i) + "\"></span>").text(classes.get(i)).raw(" ");
    }
    page.raw("<span class=\"key " + BACKGROUND + "\"></span>background</figcaption></figure>");
  }

  /** The classes of the recording, in the order of their first points. */
  private static List<String> classes(MarkedRecording recording) {
    Set<String> names = new LinkedHashSet<>();
    recording.points().forEach(point -> names.addAll(point.labels()));
    recording.truth().forEach(action -> names.add(action.label()));
    return List.copyOf(names);
  }

  private static void point(
      Markup page, MarkedMoment point, double duration, List<String> classes, double y) {
    String at = Markup.fixed(x(point.seconds() / duration), 1);
    int count = point.labels().size();
    for (int i = 0; i < count; i++) { // a point of several classes has a part for each
      String label = point.labels().get(i);
      page.raw("<path class=\"curve " + look(classes.indexOf(label)) + "\" d=\"M" + at + " ");
      page.raw(Markup.fixed(y + 4 + STRIP * i / count, 1) + "V");
      page.raw(Markup.fixed(y + 4 + STRIP * (i + 1) / count, 1) + "\"><title>").text(label);
      page.raw(", " + Markup.fixed(point.seconds(), 2) + " s</title></path>");
    }
  }

  private static void lane(
      Markup page, MarkedRecording recording, Found found, List<String> classes, double y) {
    double duration = recording.duration();
    for (Segment segment : found.background()) {
      bar(page, BACKGROUND, segment, duration, y, STRIP, "background");
    }
    for (int k = 0; k < found.actions().size(); k++) {
      List<String> labels = recording.points().get(k).labels();
      double height = STRIP / labels.size();
      for (int i = 0; i < labels.size(); i++) {
        String label = labels.get(i);
        String look = look(classes.indexOf(label));
        bar(page, look, found.actions().get(k), duration, y + i * height, height, label);
      }
    }
    for (double division : found.divisions()) {
      String at = Markup.fixed(x(division / duration), 1);
      page.raw("<path class=\"division\" d=\"M" + at + " " + Markup.fixed(y + 1, 1) + "V");
      page.raw(Markup.fixed(y + STRIP + 7, 1) + "\"><title>division, ");
      page.raw(Markup.fixed(division, 2) + " s</title></path>");
    }
  }

  private static void bar(
      Markup page,
      String look,
      Segment segment,
      double duration,
      double y,
      double height,
      String label) {
    double from = x(segment.start() / duration);
    double width = Math.max(1, x(segment.end() / duration) - from);
    page.raw("<rect class=\"strip " + look + "\" x=\"" + Markup.fixed(from, 1) + "\" y=\"");
    page.raw(Markup.fixed(y + 4, 1) + "\" width=\"" + Markup.fixed(width, 1) + "\" height=\"");
    page.raw(Markup.fixed(height, 1) + "\"><title>").text(label).raw(", ");
    page.raw(Markup.fixed(segment.start(), 2) + " to " + Markup.fixed(segment.end(), 2));
    page.raw(" s</title></rect>");
  }

  private static void name(Markup page, String text, double y) {
    page.raw("<text class=\"tick\" x=\"0\" y=\"" + Markup.fixed(y + 15, 1) + "\">" + text);
    page.raw("</text>");
  }

  private static String look(int shownClass) {
    return "k" + shownClass % COLOURS;
  }

  private static double x(double share) {
    return LEFT + Math.max(0, Math.min(1, share)) * (WIDTH - LEFT);
  }
}
