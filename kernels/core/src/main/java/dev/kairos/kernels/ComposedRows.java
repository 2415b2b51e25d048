// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/**
 * Functions of rows and their gradients, composed of maps, zips and reductions. Rows are measured
 * by their own largest element before anything is squared or summed, so that no scale overflows or
 * vanishes.
 */
final class ComposedRows {
  /** Below this share of a row's scale, a length adds nothing to the sum it belongs to. */
  private static final double NEGLIGIBLE = 1e-18;

  private final Backend backend;
  private final Scratch scratch;
  private final int n;

  private ComposedRows(Backend backend, Scratch scratch, int n) {
    this.backend = backend;
    this.scratch = scratch;
    this.n = n;
  }

  static void rows(Backend backend, RowFunction f, double epsilon, Strided in, Strided out) {
    if (in.count() == 0) {
      return;
    }
    try (Scratch scratch = new Scratch(backend)) {
      ComposedRows rows = new ComposedRows(backend, scratch, in.size(in.rank() - 1));
      switch (f) {
        case SOFTMAX -> rows.softmax(in, out);
        case LOG_SOFTMAX -> rows.logSoftmax(in, out);
        case NORMALIZE -> rows.normalize(epsilon, in, out);
        case L2_NORMALIZE -> rows.l2Normalize(epsilon, in, out);
      }
    }
  }

  static void layerNorm(
      Backend backend, double epsilon, Strided in, Strided factor, Strided addend, Strided out) {
    backend.rows(RowFunction.NORMALIZE, epsilon, in, out);
    backend.zip(ZipFunction.MULTIPLY, out, Views.asRows(factor, out), out);
    backend.zip(ZipFunction.ADD, out, Views.asRows(addend, out), out);
  }

  static void gradient(
      Backend backend, RowFunction f, double epsilon, Strided at, Strided dy, Strided dx) {
    if (at.count() == 0) {
      return;
    }
    try (Scratch scratch = new Scratch(backend)) {
      ComposedRows rows = new ComposedRows(backend, scratch, at.size(at.rank() - 1));
      switch (f) {
        case SOFTMAX -> rows.softmaxGradient(at, dy, dx);
        case LOG_SOFTMAX -> rows.logSoftmaxGradient(at, dy, dx);
        case NORMALIZE -> rows.normalizeGradient(epsilon, at, dy, dx);
        case L2_NORMALIZE -> rows.l2NormalizeGradient(epsilon, at, dy, dx);
      }
    }
  }

  private void softmax(Strided x, Strided out) {
    zip(ZipFunction.SUBTRACT, x, each(reduced(ReduceFunction.MAX, x)), out);
    map(MapFunction.EXP, out, out);
    zip(ZipFunction.DIVIDE, out, each(reduced(ReduceFunction.SUM, out)), out);
  }

  private void logSoftmax(Strided x, Strided out) {
    zip(ZipFunction.SUBTRACT, x, each(reduced(ReduceFunction.MAX, x)), out);
    Strided powers = like(x);
    map(MapFunction.EXP, out, powers);
    Strided sum = reduced(ReduceFunction.SUM, powers);
    map(MapFunction.LOG, sum, sum);
    zip(ZipFunction.SUBTRACT, out, each(sum), out);
  }

  private void softmaxGradient(Strided y, Strided dy, Strided dx) {
    zip(ZipFunction.MULTIPLY, dy, y, dx);
    zip(ZipFunction.SUBTRACT, dy, each(reduced(ReduceFunction.SUM, dx)), dx);
    zip(ZipFunction.MULTIPLY, y, dx, dx);
  }

  private void logSoftmaxGradient(Strided y, Strided dy, Strided dx) {
    map(MapFunction.EXP, y, dx);
    zip(ZipFunction.MULTIPLY, dx, each(reduced(ReduceFunction.SUM, dy)), dx);
    zip(ZipFunction.SUBTRACT, dy, dx, dx);
  }

  /**
   * {@code out = (x - mean x) / (2 scale)}, and the scale of each row: its largest distance from
   * its first element, halved so that no difference overflows.
   *
   * @param least what no scale lies below
   */
  private Strided center(double least, Strided x, Strided out) {
    Strided first = scratch.reals(Views.heads(x).sizes());
    affine(0.5, Views.heads(x), first);
    affine(0.5, x, out);
    zip(ZipFunction.SUBTRACT, out, each(first), out);
    Strided scale = largest(least, Double.POSITIVE_INFINITY, out);
    zip(ZipFunction.DIVIDE, out, each(scale), out);
    Strided mean = reduced(ReduceFunction.SUM, out);
    affine(1.0 / n, mean, mean);
    zip(ZipFunction.SUBTRACT, out, each(mean), out);
    return scale;
  }

  /** The standard deviation of rows from {@link #center}, in their own scales. */
  private Strided deviation(double epsilon, Strided scale, Strided centered) {
    Strided squares = like(centered);
    zip(ZipFunction.MULTIPLY, centered, centered, squares);
    Strided deviation = reduced(ReduceFunction.SUM, squares);
    affine(1.0 / n, deviation, deviation);
    Strided added = divided(Math.sqrt(epsilon) / 2, scale);
    zip(ZipFunction.MULTIPLY, added, added, added);
    zip(ZipFunction.ADD, deviation, added, deviation);
    map(MapFunction.SQRT, deviation, deviation);
    return deviation;
  }

  private void normalize(double epsilon, Strided x, Strided out) {
    Strided scale = center(Math.sqrt(epsilon) / 2, x, out);
    zip(ZipFunction.DIVIDE, out, each(deviation(epsilon, scale, out)), out);
  }

  private void normalizeGradient(double epsilon, Strided x, Strided dy, Strided dx) {
    Strided y = like(x);
    Strided scale = center(Math.sqrt(epsilon) / 2, x, y);
    Strided deviation = deviation(epsilon, scale, y);
    zip(ZipFunction.DIVIDE, y, each(deviation), y);
    Strided gradient = like(x);
    Strided gradientScale = center(smallest(), dy, gradient);
    zip(ZipFunction.MULTIPLY, gradient, y, dx);
    Strided along = reduced(ReduceFunction.SUM, dx);
    affine(1.0 / n, along, along);
    zip(ZipFunction.MULTIPLY, y, each(along), dx);
    zip(ZipFunction.SUBTRACT, gradient, dx, dx);
    zip(ZipFunction.DIVIDE, dx, each(deviation), dx);
    zip(ZipFunction.DIVIDE, gradientScale, scale, scale);
    zip(ZipFunction.MULTIPLY, dx, each(scale), dx);
  }

  /** {@code out = x / scale}, and the scale of each row, which is at least epsilon. */
  private Strided scaled(double epsilon, Strided x, Strided out) {
    Strided scale = largest(Math.max(epsilon, smallest()), largestFinite(), x);
    zip(ZipFunction.DIVIDE, x, each(scale), out);
    return scale;
  }

  /** The lengths of rows. */
  private Strided length(Strided rows) {
    Strided squares = like(rows);
    zip(ZipFunction.MULTIPLY, rows, rows, squares);
    Strided length = reduced(ReduceFunction.SUM, squares);
    map(MapFunction.SQRT, length, length);
    return length;
  }

  private void l2Normalize(double epsilon, Strided x, Strided out) {
    Strided scale = scaled(epsilon, x, out);
    Strided s = length(out);
    zip(ZipFunction.ADD, s, divided(epsilon, scale), s);
    // Above that but where x and epsilon are 0: there 0 is divided by anything.
    clamp(NEGLIGIBLE, Double.POSITIVE_INFINITY, s);
    zip(ZipFunction.DIVIDE, out, each(s), out);
  }

  private void l2NormalizeGradient(double epsilon, Strided x, Strided dy, Strided dx) {
    Strided u = like(x);
    Strided scale = scaled(epsilon, x, u);
    Strided length = length(u);
    Strided s = divided(epsilon, scale);
    zip(ZipFunction.ADD, length, s, s);
    clamp(NEGLIGIBLE, Double.POSITIVE_INFINITY, length);
    Strided direction = like(x);
    zip(ZipFunction.DIVIDE, u, each(length), direction);
    zip(ZipFunction.MULTIPLY, dy, direction, direction);
    Strided along = reduced(ReduceFunction.SUM, direction);
    // 0 where x and epsilon are 0; elsewhere 1, and a NaN keeps the way open for itself.
    Strided open = scratch.reals(s.sizes());
    zip(ZipFunction.EQUAL, s, scratch.constant(0, s.sizes()), open);
    backend.map(MapFunction.AFFINE, -1, 1, open, open);
    clamp(NEGLIGIBLE, Double.POSITIVE_INFINITY, s);
    zip(ZipFunction.DIVIDE, u, each(s), u);
    zip(ZipFunction.MULTIPLY, u, each(along), u);
    zip(ZipFunction.SUBTRACT, dy, u, dx);
    zip(ZipFunction.DIVIDE, dx, each(s), dx);
    zip(ZipFunction.DIVIDE, dx, each(scale), dx);
    zip(ZipFunction.GATE, each(open), dx, dx);
  }

  /** The smallest normal number. */
  private double smallest() {
    return backend.precision() == Precision.FLOAT ? Float.MIN_NORMAL : Double.MIN_NORMAL;
  }

  private double largestFinite() {
    return backend.precision() == Precision.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
  }

  /** The largest absolute value of each row, within bounds; NaN stays NaN. */
  private Strided largest(double least, double most, Strided rows) {
    Strided sizes = like(rows);
    map(MapFunction.ABS, rows, sizes);
    Strided largest = reduced(ReduceFunction.MAX, sizes);
    clamp(least, most, largest);
    return largest;
  }

  private void clamp(double least, double most, Strided view) {
    backend.map(MapFunction.CLAMP, least, most, view, view);
  }

  /** {@code value / by}. */
  private Strided divided(double value, Strided by) {
    Strided made = scratch.reals(by.sizes());
    zip(ZipFunction.DIVIDE, scratch.constant(value, by.sizes()), by, made);
    return made;
  }

  private Strided like(Strided view) {
    return scratch.reals(view.sizes());
  }

  /** One number of each row. */
  private Strided reduced(ReduceFunction f, Strided rows) {
    Strided made = scratch.reals(Views.heads(rows).sizes());
    backend.reduce(f, rows, made);
    return made;
  }

  /** The number of a row for each of its elements. */
  private Strided each(Strided perRow) {
    return Views.repeated(perRow, n);
  }

  private void zip(ZipFunction f, Strided left, Strided right, Strided out) {
    backend.zip(f, left, right, out);
  }

  private void map(MapFunction f, Strided in, Strided out) {
    backend.map(f, 0, 0, in, out);
  }

  private void affine(double factor, Strided in, Strided out) {
    backend.map(MapFunction.AFFINE, factor, 0, in, out);
  }
}
