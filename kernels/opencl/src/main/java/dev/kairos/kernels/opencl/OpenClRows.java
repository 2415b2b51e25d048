// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import static dev.kairos.kernels.opencl.OpenClBuffer.memory;

import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.Strided;
import java.util.Locale;

/** Functions of whole rows and their gradients, a work group a row. */
final class OpenClRows {
  private final Launcher launcher;

  OpenClRows(Launcher launcher) {
    this.launcher = launcher;
  }

  /** Whether kernels can find the rows of some views. */
  static boolean fits(Strided... views) {
    return heads(views).fits();
  }

  private static Walk heads(Strided... views) {
    return Walk.over(0, views[0].rank() - 1, views);
  }

  private static int length(Strided view) {
    return view.size(view.rank() - 1);
  }

  private static int step(Strided view) {
    return view.stride(view.rank() - 1);
  }

  /** What the kernels take for epsilon: half its root where a row is centred. */
  private static float constant(RowFunction f, double epsilon) {
    return f == RowFunction.NORMALIZE ? halfRoot(epsilon) : (float) epsilon;
  }

  private static float halfRoot(double epsilon) {
    return (float) (Math.sqrt(epsilon) / 2);
  }

  private static String kernel(RowFunction f) {
    return "row_" + f.name().toLowerCase(Locale.ROOT);
  }

  void apply(RowFunction f, double epsilon, Strided in, Strided out) {
    if (in.count() == 0) {
      return;
    }
    Walk heads = heads(in, out);
    launcher.rows(
        kernel(f),
        heads.count(),
        memory(in),
        memory(out),
        constant(f, epsilon),
        length(in),
        step(in),
        step(out),
        heads.ints());
  }

  void layerNorm(double epsilon, Strided in, Strided factor, Strided addend, Strided out) {
    if (in.count() == 0) {
      return;
    }
    Walk heads = heads(in, out);
    launcher.rows(
        "row_layer_norm",
        heads.count(),
        memory(in),
        memory(factor),
        memory(addend),
        memory(out),
        halfRoot(epsilon),
        length(in),
        step(in),
        step(out),
        factor.offset(),
        addend.offset(),
        heads.ints());
  }

  void gradient(RowFunction f, double epsilon, Strided at, Strided dy, Strided dx) {
    if (at.count() == 0) {
      return;
    }
    Walk heads = heads(at, dy, dx);
    launcher.rows(
        kernel(f) + "_gradient",
        heads.count(),
        memory(at),
        memory(dy),
        memory(dx),
        constant(f, epsilon),
        length(at),
        step(at),
        step(dy),
        step(dx),
        heads.ints());
  }

  void topK(Strided in, int k, Strided out) {
    if (out.count() == 0) {
      return;
    }
    Walk heads = heads(in, out);
    int rows = heads.count();
    int n = length(in);
    try (Launcher.Places places = launcher.places()) {
      DeviceMemory thresholds = places.bytes((long) Integer.BYTES * rows);
      launcher.rows("top_threshold", rows, memory(in), thresholds, n, k, step(in), heads.ints());
      launcher.run(
          "top_ranks",
          WorkRange.of(n, rows, 1, launcher.shape().group()),
          memory(in),
          thresholds,
          memory(out),
          n,
          k,
          step(in),
          step(out),
          heads.ints());
    }
  }
}
