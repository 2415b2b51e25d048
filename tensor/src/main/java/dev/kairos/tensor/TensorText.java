// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.Arrays;
import java.util.Locale;

/** A tensor as people read it: rows in brackets, aligned, and of a large one the corners. */
final class TensorText {
  /** The most elements that are shown. */
  private static final int MOST = 1000;

  /** The most elements shown at either end of an axis that is cut. */
  private static final int EDGE = 3;

  private static final int LINE = 100;

  private final StringBuilder out = new StringBuilder();
  private final Shape shown;
  private final int edge;
  private final boolean[] cut;
  private final String[] cells;
  private final int width;
  private int next;
  private int lineStart;

  private TensorText(Shape whole, Shape shown, int edge, String[] cells) {
    this.shown = shown;
    this.edge = edge;
    this.cells = cells;
    this.width = Arrays.stream(cells).mapToInt(String::length).max().orElse(0);
    this.cut = new boolean[whole.rank()];
    for (int axis = 0; axis < cut.length; axis++) {
      cut[axis] = shown.size(axis) < whole.size(axis);
    }
  }

  /** Never fails: a debugger or a log may ask at any time, from any thread. */
  static String of(Tensor tensor) {
    String head = "Tensor " + tensor.spec();
    String hindrance = tensor.hindrance();
    if (!hindrance.isEmpty()) {
      return head + " (not shown: " + hindrance + ")";
    }
    try {
      String elements = elements(tensor);
      return head + (elements.indexOf('\n') < 0 ? " " : "\n") + elements;
    } catch (RuntimeException e) {
      return head + " (not shown: " + e.getMessage() + ")";
    }
  }

  private static String elements(Tensor tensor) {
    Shape whole = tensor.shape();
    if (whole.count() == 0) {
      return "[]";
    }
    int edge = whole.count() > MOST ? EDGE : Integer.MAX_VALUE / 2;
    Shape shown = cut(whole, edge);
    while (shown.count() > MOST && edge > 1) {
      shown = cut(whole, --edge);
    }
    if (shown.count() > MOST) {
      return "(too many axes to show)";
    }
    TensorText text = new TensorText(whole, shown, edge, cells(tensor, edge));
    text.print(0);
    return text.out.toString();
  }

  private static Shape cut(Shape whole, int edge) {
    return Shape.of(Arrays.stream(whole.sizes()).map(n -> Math.min(n, 2 * edge)).toArray());
  }

  /** The elements that are shown, in row order; they alone are copied out. */
  @SuppressWarnings("try") // a scope is there to be closed
  private static String[] cells(Tensor tensor, int edge) {
    try (Scope scope = tensor.engine().scope()) {
      Tensor corners = tensor;
      for (int axis = tensor.shape().rank() - 1; axis >= 0; axis--) {
        int n = tensor.shape().size(axis);
        if (n / 2 >= edge && n > 2 * edge) {
          corners = corners.unfold(axis, edge, n - edge); // two windows: the first and the last
        }
      }
      return tensor.dtype().isReal()
          ? reals(corners.toDoubles())
          : Arrays.stream(corners.toInts()).mapToObj(Integer::toString).toArray(String[]::new);
    }
  }

  /** All in one format, as its largest and its smallest need it. */
  private static String[] reals(double[] values) {
    double[] sizes =
        Arrays.stream(values).map(Math::abs).filter(v -> v > 0 && Double.isFinite(v)).toArray();
    double most = Arrays.stream(sizes).max().orElse(1);
    double least = Arrays.stream(sizes).min().orElse(1);
    boolean whole = Arrays.stream(sizes).allMatch(v -> v == Math.rint(v));
    boolean wide = most >= 1e8 || (!whole && (least < 1e-4 || most / least > 1e4));
    String format = wide ? "%.4e" : whole ? "%.1f" : "%.4f";
    return Arrays.stream(values)
        .mapToObj(v -> String.format(Locale.ROOT, format, v))
        .toArray(String[]::new);
  }

  private void print(int axis) {
    if (axis == shown.rank()) {
      String cell = cells[next++];
      out.append(" ".repeat(width - cell.length())).append(cell);
      return;
    }
    out.append('[');
    for (int i = 0; i < shown.size(axis); i++) {
      if (i > 0) {
        separate(axis);
      }
      if (cut[axis] && i == edge) {
        out.append("...");
        separate(axis);
      }
      print(axis + 1);
    }
    out.append(']');
  }

  /** Rows stand below each other, matrices apart, and a long row goes on in the next line. */
  private void separate(int axis) {
    int below = shown.rank() - 1 - axis;
    out.append(',');
    if (below == 0 && out.length() - lineStart + 1 + width < LINE) {
      out.append(' ');
      return;
    }
    out.append("\n".repeat(Math.max(1, below)));
    lineStart = out.length();
    out.append(" ".repeat(axis + 1));
  }
}
