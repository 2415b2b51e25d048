// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import static dev.kairos.kernels.opencl.OpenClBuffer.memory;

import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.ZipFunction;

/** Functions of elements, fills, copies and dropout. */
final class OpenClElementwise {
  private final Launcher launcher;

  OpenClElementwise(Launcher launcher) {
    this.launcher = launcher;
  }

  void fill(Strided out, float value) {
    Walk.each(w -> launcher.each("fill", w.count(), memory(out), value, w.count(), w.ints()), out);
  }

  void copy(Strided in, Strided out) {
    Walk.each(
        w -> {
          if (w.isRows(2)) {
            launcher.eachOfRows("copy_rows", w, memory(in), memory(out), w.rowLength(), w.ints());
          } else {
            launcher.each("copy", w.count(), memory(in), memory(out), w.count(), w.ints());
          }
        },
        in,
        out);
  }

  void map(MapFunction f, float a, float b, Strided in, Strided out) {
    String kernel = "map_" + f.name();
    Walk.each(
        w -> {
          int n = w.count();
          if (w.isFlat(2)) {
            launcher.each(kernel + "_flat", n, memory(in), memory(out), a, b, w.at(0), w.at(1), n);
          } else if (w.isRows(2)) {
            int length = w.rowLength();
            launcher.eachOfRows(
                kernel + "_rows", w, memory(in), memory(out), a, b, length, w.ints());
          } else {
            launcher.each(kernel, n, memory(in), memory(out), a, b, n, w.ints());
          }
        },
        in,
        out);
  }

  void mapMultiply(MapFunction f, float a, float b, Strided in, Strided by, Strided out) {
    String kernel = "times_" + f.name();
    Walk.each(
        w -> {
          int n = w.count();
          if (w.isFlat(3)) {
            launcher.each(
                kernel + "_flat",
                n,
                memory(in),
                memory(by),
                memory(out),
                a,
                b,
                w.at(0),
                w.at(1),
                w.at(2),
                n);
          } else if (w.isRows(3)) {
            launcher.eachOfRows(
                kernel + "_rows",
                w,
                memory(in),
                memory(by),
                memory(out),
                a,
                b,
                w.rowLength(),
                w.ints());
          } else {
            launcher.each(kernel, n, memory(in), memory(by), memory(out), a, b, n, w.ints());
          }
        },
        in,
        by,
        out);
  }

  void zip(ZipFunction f, Strided left, Strided right, Strided out) {
    String kernel = "zip_" + f.name();
    Walk.each(
        w -> {
          int n = w.count();
          if (w.isFlat(3)) {
            launcher.each(
                kernel + "_flat",
                n,
                memory(left),
                memory(right),
                memory(out),
                w.at(0),
                w.at(1),
                w.at(2),
                n);
          } else if (w.isRows(3)) {
            launcher.eachOfRows(
                kernel + "_rows",
                w,
                memory(left),
                memory(right),
                memory(out),
                w.rowLength(),
                w.ints());
          } else {
            launcher.each(kernel, n, memory(left), memory(right), memory(out), n, w.ints());
          }
        },
        left,
        right,
        out);
  }

  /** Whether dropout can number all elements in one launch. */
  static boolean canDrop(Strided in, Strided out) {
    return Walk.over(in, out).fits();
  }

  void dropout(Strided in, double p, RandomKey key, Strided out) {
    Walk w = Walk.over(in, out);
    int n = w.count();
    float scale = (float) (1 / (1 - p));
    if (w.isFlat(2)) {
      launcher.each(
          "dropout_flat",
          n / 4 + 1,
          memory(in),
          memory(out),
          Philox.threshold(p),
          scale,
          words(key.stream()),
          words(key.seed()),
          n,
          w.at(0),
          w.at(1));
      return;
    }
    launcher.each(
        "dropout",
        n / 4 + 1,
        memory(in),
        memory(out),
        Philox.threshold(p),
        scale,
        words(key.stream()),
        words(key.seed()),
        n,
        w.ints());
  }

  private static int[] words(long number) {
    return new int[] {(int) number, (int) (number >>> 32)};
  }
}
