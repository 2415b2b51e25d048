// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.Strided;
import java.util.Arrays;

/**
 * One product as {@code products.cl} takes it: sizes, and where the elements of each factor lie.
 */
final class Product {
  /** PRODUCT_BATCHES of {@code products.cl}. */
  static final int BATCHES = 3;

  private static final int COMMON = 7 + BATCHES;

  int m;
  int n;
  int k;
  int splits = 1;
  boolean accumulate;
  int[] batch = {};
  View a = new View(0, 0, 0);
  View b = new View(0, 0, 0);
  View c = new View(0, 0, 1);
  int[] windows = new int[6];

  /** Where the elements of one factor lie. */
  static final class View {
    private final int at;
    private final int row;
    private final int column;
    private final int[] batch;

    /**
     * A view.
     *
     * @param at its first element
     * @param row elements from one row to the next
     * @param column elements from one column to the next
     * @param batch elements from one matrix to the next, along each batch axis
     */
    View(int at, int row, int column, int... batch) {
      this.at = at;
      this.row = row;
      this.column = column;
      this.batch = batch;
    }

    int at() {
      return at;
    }

    int row() {
      return row;
    }

    /** The batch steps, with so many places. */
    int[] steps(int places) {
      return Arrays.copyOf(batch, places);
    }

    /** Whether one matrix serves the whole batch. */
    boolean isShared() {
      return Arrays.stream(batch).allMatch(step -> step == 0);
    }
  }

  /** The product of matrices whose batch axes are those of the walk. */
  static Product of(Walk batch, Strided a, Strided b, boolean accumulate, Strided out) {
    int axes = out.rank() - 2;
    Product p = new Product();
    p.m = out.size(axes);
    p.n = out.size(axes + 1);
    p.k = a.size(axes + 1);
    p.accumulate = accumulate;
    p.batch = new int[batch.rank()];
    Arrays.setAll(p.batch, batch::size);
    p.a = new View(a.offset(), a.stride(axes), a.stride(axes + 1), steps(batch, 0));
    p.b = new View(b.offset(), b.stride(axes), b.stride(axes + 1), steps(batch, 1));
    p.c = new View(out.offset(), out.stride(axes), 1, steps(batch, 2));
    return p;
  }

  private static int[] steps(Walk batch, int view) {
    int[] steps = new int[batch.rank()];
    Arrays.setAll(steps, axis -> batch.step(view, axis));
    return steps;
  }

  /** Windows of x times the weights, for each recording. */
  static Product forward(Conv1dGeometry g, Strided x, Strided w, Strided out) {
    int in = g.inputChannels();
    int of = g.outputChannels();
    Product p = new Product();
    p.m = g.outputTime();
    p.n = of;
    p.k = g.kernel() * in;
    p.batch = new int[] {g.batch()};
    p.a = new View(x.offset(), 0, 1, g.time() * in);
    p.b = new View(w.offset(), of, 1, 0);
    p.c = new View(out.offset(), of, 1, g.outputTime() * of);
    p.windows = windows(g, in);
    return p.adding();
  }

  /** What read each step of x, times the turned weights, for each recording. */
  static Product inputGradient(Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    int in = g.inputChannels();
    int of = g.outputChannels();
    Product p = new Product();
    p.m = g.time();
    p.n = in;
    p.k = g.kernel() * of;
    p.batch = new int[] {g.batch()};
    p.a = new View(dy.offset(), 0, 1, g.outputTime() * of);
    p.b = new View(w.offset(), 0, 0, 0);
    p.c = new View(dx.offset(), in, 1, g.time() * in);
    p.windows = windows(g, of);
    return p.adding();
  }

  /** What each tap read, times what came of it, over all recordings. */
  static Product weightGradient(Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    int in = g.inputChannels();
    int of = g.outputChannels();
    Product p = new Product();
    p.m = g.kernel() * in;
    p.n = of;
    p.k = g.batch() * g.outputTime();
    p.batch = new int[] {1};
    p.a = new View(x.offset(), 0, 0, 0);
    p.b = new View(dy.offset(), of, 1, 0);
    p.c = new View(dw.offset(), of, 1, 0);
    p.windows = windows(g, in);
    return p.adding();
  }

  private static int[] windows(Conv1dGeometry g, int channels) {
    return new int[] {g.time(), g.outputTime(), channels, g.stride(), g.padding(), g.dilation()};
  }

  private Product adding() {
    accumulate = true;
    return this;
  }

  /** The same, with the sums of parts of k laid apart: {@code [batch, splits, m, n]}. */
  Product split(int parts) {
    Product p = new Product();
    p.m = m;
    p.n = n;
    p.k = k;
    p.splits = parts;
    p.batch = batch;
    p.a = a;
    p.b = b;
    p.c = new View(0, n, 1);
    p.windows = windows;
    return p;
  }

  /** Matrices in the batch. */
  int batches() {
    int count = 1;
    for (int size : batch) {
      count *= size;
    }
    return count;
  }

  /** Products of a run: as many as runs, so that neither sum has many terms; not too few. */
  private int depth() {
    return Math.max(256, (int) Math.sqrt((double) k / splits));
  }

  /** The structure of {@code products.cl}. */
  int[] ints() {
    int[] ints = new int[COMMON + 3 * (3 + BATCHES) - 1 + windows.length];
    int[] head = {m, n, k, depth(), splits, accumulate ? 1 : 0, batch.length};
    System.arraycopy(head, 0, ints, 0, head.length);
    System.arraycopy(batch, 0, ints, head.length, batch.length);
    int at = COMMON;
    for (View view : new View[] {a, b}) {
      ints[at++] = view.at;
      ints[at++] = view.row;
      ints[at++] = view.column;
      System.arraycopy(view.steps(BATCHES), 0, ints, at, BATCHES);
      at += BATCHES;
    }
    ints[at++] = c.at;
    ints[at++] = c.row;
    System.arraycopy(c.steps(BATCHES), 0, ints, at, BATCHES);
    at += BATCHES;
    System.arraycopy(windows, 0, ints, at, windows.length);
    return ints;
  }
}
