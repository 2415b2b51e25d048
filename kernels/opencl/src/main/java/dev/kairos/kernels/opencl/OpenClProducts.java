// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.ZipFunction;
import java.util.Arrays;

/**
 * Matrix products and convolutions. A product with few outputs and many terms is split along its
 * terms, so that the whole device has work; how often depends on the sizes and the device alone.
 */
public final class OpenClProducts {
  /** PANEL_ROWS of {@code tiles_cpu.cl}. */
  private static final int PANEL_ROWS = 6;

  /** The part of an output that counts as one task when it is decided whether to split. */
  private static final int TASK = 64;

  /** A part of a split sum has at least so many terms. */
  private static final int LEAST_PART = 512;

  /** Packed numbers at a time: 64 MiB. */
  private static final long PACKED = 16L << 20;

  private final ProductKernels kernels;
  private final Backend sums;

  /**
   * Products.
   *
   * @param kernels what runs the kernels
   * @param sums what the views belong to: adds up the parts of split sums, in buffers of its own
   */
  public OpenClProducts(ProductKernels kernels, Backend sums) {
    this.kernels = kernels;
    this.sums = sums;
  }

  /** How a kernel finds the elements of its factors. */
  private enum Kind {
    MATMUL("matmul", "pack_matrix", "pack_right"),
    FORWARD("conv1d", "pack_windows", "pack_right"),
    INPUT_GRADIENT("conv1d_input_gradient", "pack_readers", "pack_turned"),
    WEIGHT_GRADIENT("conv1d_weight_gradient", "pack_taps", "pack_right");

    final String tiles;
    final String left;
    final String right;

    Kind(String tiles, String left, String right) {
      this.tiles = tiles;
      this.left = left;
      this.right = right;
    }
  }

  /** {@link Backend#matmul}. */
  public void matmul(Strided a, Strided b, boolean accumulate, Strided out) {
    if (out.count() == 0) {
      return;
    }
    int axes = out.rank() - 2;
    if (a.size(axes + 1) == 0) {
      if (!accumulate) {
        sums.fill(out, 0);
      }
      return;
    }
    Walk batch = Walk.over(0, axes, a, b, out);
    if (batch.rank() > Product.BATCHES) {
      for (int i = 0; i < out.size(0); i++) {
        matmul(at(a, i), at(b, i), accumulate, at(out, i));
      }
      return;
    }
    run(Kind.MATMUL, Product.of(batch, a, b, accumulate, out), a, b, out);
  }

  private static Strided at(Strided view, int i) {
    return view.axes(1, view.rank(), view.offset() + i * view.stride(0));
  }

  /** {@link Backend#conv1d}. */
  public void conv1d(Conv1dGeometry g, Strided x, Strided w, Strided out) {
    run(Kind.FORWARD, Product.forward(g, x, w, out), x, w, out);
  }

  /** {@link Backend#conv1dInputGradient}. */
  public void conv1dInputGradient(Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    run(Kind.INPUT_GRADIENT, Product.inputGradient(g, dy, w, dx), dy, w, dx);
  }

  /** {@link Backend#conv1dWeightGradient}. */
  public void conv1dWeightGradient(Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    run(Kind.WEIGHT_GRADIENT, Product.weightGradient(g, x, dy, dw), x, dy, dw);
  }

  private void run(Kind kind, Product p, Strided a, Strided b, Strided out) {
    if (p.m == 0 || p.n == 0 || p.k == 0 || p.batches() == 0) {
      return;
    }
    int splits = splits(p);
    if (splits == 1) {
      compute(kind, p, kernels.memory(a), kernels.memory(b), kernels.memory(out));
      return;
    }
    int batches = p.batches();
    int count = Math.multiplyExact(Math.multiplyExact(batches, splits), p.m * p.n);
    Buffer buffer = sums.allocate(count);
    try {
      Strided parts = Strided.contiguous(buffer, count);
      compute(kind, p.split(splits), kernels.memory(a), kernels.memory(b), kernels.memory(parts));
      add(p, splits, parts, out);
    } finally {
      sums.release(buffer);
    }
  }

  /** Adds up the parts of split sums, {@code [batch, splits, m, n]}. */
  private void add(Product p, int splits, Strided parts, Strided out) {
    int whole = p.m * p.n;
    int axes = p.batch.length;
    int[] sizes = Arrays.copyOf(p.batch, axes + 3);
    int[] strides = new int[sizes.length];
    int step = splits * whole;
    for (int axis = axes - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= sizes[axis];
    }
    sizes[axes] = p.m;
    strides[axes] = p.n;
    sizes[axes + 1] = p.n;
    strides[axes + 1] = 1;
    sizes[axes + 2] = splits;
    strides[axes + 2] = whole;
    int[] outSizes = Arrays.copyOf(sizes, axes + 2);
    int[] outStrides = p.c.steps(axes + 2);
    outStrides[axes] = p.c.row();
    outStrides[axes + 1] = 1;
    Strided to = out.view(p.c.at(), outSizes, outStrides);
    Strided terms = parts.view(0, sizes, strides);
    if (!p.accumulate) {
      sums.reduce(ReduceFunction.SUM, terms, to);
      return;
    }
    Buffer buffer = sums.allocate(p.batches() * whole);
    try {
      Strided found = Strided.contiguous(buffer, outSizes);
      sums.reduce(ReduceFunction.SUM, terms, found);
      sums.zip(ZipFunction.ADD, to, found, to);
    } finally {
      sums.release(buffer);
    }
  }

  private int splits(Product p) {
    long tasks = WorkRange.groups(p.m, TASK) * WorkRange.groups(p.n, TASK) * p.batches();
    long wanted = 2L * Math.max(1, kernels.info().units());
    if (tasks >= wanted || p.k < 2 * LEAST_PART) {
      return 1;
    }
    return (int) Math.min(p.k / LEAST_PART, wanted / tasks);
  }

  private void compute(Kind kind, Product p, DeviceMemory a, DeviceMemory b, DeviceMemory out) {
    if (kernels.shape().tile().isPresent()) {
      KernelShape.Tile tile = kernels.shape().tile().get();
      WorkRange range =
          new WorkRange(
              WorkRange.groups(p.n, tile.n()) * tile.itemsN(),
              WorkRange.groups(p.m, tile.m()) * tile.itemsM(),
              (long) p.batches() * p.splits,
              tile.itemsN(),
              tile.itemsM());
      kernels.run(kind.tiles, range, a, b, out, p.ints());
    } else {
      panels(kind, p, a, b, out);
    }
  }

  /**
   * Packs and multiplies so many matrices, and so many rows of them, that the panels stay small.
   */
  private void panels(Kind kind, Product p, DeviceMemory a, DeviceMemory b, DeviceMemory out) {
    int columns = 2 * KernelShape.lanes(kernels.info());
    int strips = (int) WorkRange.groups(p.n, columns);
    int panels = (int) WorkRange.groups(p.m, PANEL_ROWS);
    boolean shared = p.b.isShared();
    long panel = (long) PANEL_ROWS * p.k;
    long right = (long) strips * p.k * columns;
    int rowStep = (int) Math.max(1, Math.min(panels, PACKED / panel));
    int batchStep =
        rowStep < panels
            ? 1
            : (int)
                Math.max(
                    1, Math.min(p.batches(), PACKED / (panel * panels + (shared ? 0 : right))));
    int[] ints = p.ints();
    int group = kernels.shape().group();
    try (Place packed = new Place(Float.BYTES * right * (shared ? 1 : batchStep));
        Place rows = new Place(Float.BYTES * panel * rowStep * batchStep)) {
      for (int batch = 0; batch < p.batches(); batch += batchStep) {
        int count = Math.min(batchStep, p.batches() - batch);
        if (batch == 0 || !shared) {
          WorkRange range = WorkRange.of(p.k, strips, shared ? 1 : count, group);
          kernels.run(kind.right, range, b, packed.memory, batch, strips, ints);
        }
        for (int first = 0; first < panels; first += rowStep) {
          int some = Math.min(rowStep, panels - first);
          int firstRow = first * PANEL_ROWS;
          WorkRange range = WorkRange.of(p.k, some, count, group);
          kernels.run(kind.left, range, a, rows.memory, batch, firstRow, some, ints);
          kernels.run(
              "tiles",
              new WorkRange(some, strips, (long) count * p.splits, 1, 1),
              rows.memory,
              packed.memory,
              out,
              batch,
              firstRow,
              some,
              strips,
              shared ? 0 : 1,
              ints);
        }
      }
    }
  }

  /** Memory for the time between some kernels. */
  private final class Place implements AutoCloseable {
    final DeviceMemory memory;

    Place(long bytes) {
      memory = kernels.take(bytes);
    }

    @Override
    public void close() {
      kernels.give(memory);
    }
  }
}
