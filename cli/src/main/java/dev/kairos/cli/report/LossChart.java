// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import dev.kairos.methods.report.ReportData.Curve;
import dev.kairos.methods.report.ReportData.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Training curves as one SVG: a line each over a common scale. */
final class LossChart {
  private static final double WIDTH = 960;
  private static final double HEIGHT = 260;
  private static final double LEFT = 58;
  private static final double RIGHT = 14;
  private static final double TOP = 12;
  private static final double BOTTOM = 34;
  private static final int MOST_BUCKETS = 450;
  private static final int COLOURS = 6;
  private static final int DASHES = 3;

  private final double firstStep;
  private final double lastStep;
  private final double[] yTicks;

  private LossChart(List<Curve> curves) {
    double[] steps = range(curves.stream().flatMap(LossChart::points).mapToDouble(Point::step));
    double[] values = range(curves.stream().flatMap(LossChart::points).mapToDouble(Point::value));
    firstStep = steps[0];
    lastStep = steps[1] > steps[0] ? steps[1] : steps[0] + 1;
    double low = values[0] >= 0 && values[0] < 0.6 * values[1] ? 0 : values[0];
    yTicks = ticks(low, values[1] > low ? values[1] : low + 1, 5);
  }

  /** A step that stands out. */
  record Mark(double step, String label) {}

  /** The chart with its legend; empty when no curve has a finite point. */
  static String svg(List<Curve> curves) {
    return svg(curves, Optional.empty());
  }

  /** The same with a line at a step. */
  static String svg(List<Curve> curves, Optional<Mark> mark) {
    List<Curve> drawn =
        curves.stream().filter(curve -> points(curve).findAny().isPresent()).toList();
    return drawn.isEmpty() ? "" : new LossChart(drawn).draw(drawn, mark);
  }

  private static java.util.stream.Stream<Point> points(Curve curve) {
    return curve.points().stream()
        .filter(point -> Double.isFinite(point.value()) && Double.isFinite(point.step()));
  }

  private static double[] range(DoubleStream values) {
    var statistics = values.summaryStatistics();
    return new double[] {statistics.getMin(), statistics.getMax()};
  }

  private String draw(List<Curve> curves, Optional<Mark> mark) {
    Markup svg = new Markup();
    svg.raw("<figure class=\"chart\"><svg viewBox=\"0 0 960 260\" role=\"img\" aria-label=\"");
    for (Curve curve : curves) {
      List<Point> points = points(curve).toList();
      svg.text(curve.name() + " from " + number(points.get(0).value()));
      svg.text(" to " + number(points.get(points.size() - 1).value()) + ". ");
    }
    svg.raw("\">");
    axes(svg);
    mark.ifPresent(at -> mark(svg, at));
    for (int i = 0; i < curves.size(); i++) {
      svg.raw("<path class=\"curve " + look(i) + "\" d=\"" + path(curves.get(i)) + "\"/>");
    }
    svg.raw("</svg><figcaption>");
    for (int i = 0; i < curves.size(); i++) {
      List<Point> points = points(curves.get(i)).toList();
      svg.raw("<span class=\"key " + look(i) + "\"></span>").text(curves.get(i).name());
      svg.raw(" <span class=\"muted\">ends at ");
      svg.text(number(points.get(points.size() - 1).value())).raw("</span> ");
    }
    return svg.raw("</figcaption></figure>").toString();
  }

  private void mark(Markup svg, Mark mark) {
    String x = Markup.fixed(x(mark.step()), 1);
    boolean right = x(mark.step()) > WIDTH / 2; // the label stays inside
    svg.raw("<line class=\"mark\" x1=\"" + x + "\" x2=\"" + x + "\" y1=\"12\" y2=\"226\"/>");
    svg.raw("<text class=\"tick\" text-anchor=\"" + (right ? "end" : "start") + "\" x=\"");
    svg.raw(Markup.fixed(x(mark.step()) + (right ? -5 : 5), 1) + "\" y=\"22\">");
    svg.text(mark.label() + ", step " + number(mark.step())).raw("</text>");
  }

  /** A colour, and a dash where the colours have been used up. */
  private static String look(int curve) {
    int round = curve / COLOURS % DASHES;
    return "k" + curve % COLOURS + (round == 0 ? "" : " d" + round);
  }

  private void axes(Markup svg) {
    for (double tick : yTicks) {
      String y = Markup.fixed(y(tick), 1);
      svg.raw("<line class=\"grid\" x1=\"58\" x2=\"946\" y1=\"" + y + "\" y2=\"" + y + "\"/>");
      svg.raw("<text class=\"tick\" text-anchor=\"end\" x=\"50\" y=\"" + y + "\" dy=\"4\">");
      svg.raw(number(tick) + "</text>");
    }
    for (double tick : ticks(firstStep, lastStep, 8)) {
      if (tick < firstStep || tick > lastStep) {
        continue;
      }
      svg.raw("<text class=\"tick\" text-anchor=\"middle\" x=\"" + Markup.fixed(x(tick), 1));
      svg.raw("\" y=\"243\">" + number(tick) + "</text>");
    }
    svg.raw("<text class=\"tick\" text-anchor=\"end\" x=\"946\" y=\"258\">step</text>");
  }

  /** A line through the points, of a long curve through the lowest and highest of each stretch. */
  private String path(Curve curve) {
    List<Point> points = curve.points();
    int stretch = Math.max(1, (points.size() + MOST_BUCKETS - 1) / MOST_BUCKETS);
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int from = 0; from < points.size(); from += stretch) {
      List<Point> part = points.subList(from, Math.min(points.size(), from + stretch));
      for (Point point : extremes(part)) {
        if (!Double.isFinite(point.value()) || !Double.isFinite(point.step())) {
          pen = false;
          continue;
        }
        path.append(pen ? 'L' : 'M').append(Markup.fixed(x(point.step()), 1)).append(' ');
        path.append(Markup.fixed(y(point.value()), 1));
        pen = true;
      }
    }
    return path.toString();
  }

  private static List<Point> extremes(List<Point> part) {
    if (part.size() <= 2) {
      return part;
    }
    int low = 0;
    int high = 0;
    for (int i = 1; i < part.size(); i++) {
      low = part.get(i).value() < part.get(low).value() ? i : low;
      high = part.get(i).value() > part.get(high).value() ? i : high;
    }
    return List.of(part.get(Math.min(low, high)), part.get(Math.max(low, high)));
  }

  private double x(double step) {
    return LEFT + (step - firstStep) / (lastStep - firstStep) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    double low = yTicks[0];
    double high = yTicks[yTicks.length - 1];
    return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM);
  }

  /** Round numbers that enclose a range: at least 2, about {@code wanted}. */
  static double[] ticks(double low, double high, int wanted) {
    double rough = (high - low) / wanted;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double ratio = rough / power;
    double step = power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
    List<Double> ticks = new ArrayList<>();
    long first = (long) Math.floor(low / step + 1e-9);
    long last = (long) Math.ceil(high / step - 1e-9);
    for (long i = first; i <= Math.max(last, first + 1); i++) {
      ticks.add(i * step);
    }
    return ticks.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** At most four significant digits, without trailing zeros. */
  private static String number(double value) {
    String text =
        new java.math.BigDecimal(value)
            .round(new java.math.MathContext(4))
            .stripTrailingZeros()
            .toPlainString();
    return text.length() <= 9 ? text : String.format(java.util.Locale.ROOT, "%.3g", value);
  }
}
