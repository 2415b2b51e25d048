// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;

import jdk.incubator.vector.FloatVector;

/**
 * Brings a block of a matrix into panels: a panel holds a few neighbouring lines (rows of A, or
 * columns of B), and for each k the elements of all its lines lie together.
 */
final class Panels {
  private Panels() {}

  /**
   * Packs a stretch of k of one panel. Where fewer lines are there than the panel is wide, the rest
   * is filled with some numbers: what comes of them is not kept.
   *
   * @param wide lines of the panel
   * @param present how many of them there are
   * @param depth elements of each line
   * @param x where they are
   * @param from the first element of the first line
   * @param lineStep from one line to the next
   * @param depthStep from one element of a line to the next
   * @param panel where they go
   * @param to the first element of the stretch
   */
  static void pack(
      int wide,
      int present,
      int depth,
      float[] x,
      int from,
      int lineStep,
      int depthStep,
      float[] panel,
      int to) {
    if (lineStep == 1) {
      adjacent(wide, present, depth, x, from, depthStep, panel, to);
    } else if (depthStep != 1) {
      apart(wide, present, depth, x, from, lineStep, depthStep, panel, to);
    } else if (Transposition.PAYS && wide > GemmTiles.LOW && depth >= Transposition.SIZE) {
      int whole = depth / Transposition.SIZE * Transposition.SIZE;
      for (int line = 0; line < wide; line += Transposition.SIZE) {
        int lines = Math.max(1, present - line);
        int first = from + Math.min(line, present - 1) * lineStep;
        Transposition.run(lines, whole, x, first, lineStep, panel, to + line, wide);
      }
      if (whole < depth) {
        apart(wide, present, depth - whole, x, from + whole, lineStep, 1, panel, to + whole * wide);
      }
    } else if (wide == GemmTiles.COLUMNS) {
      // The compiler unrolls and checks less where it knows the steps.
      apart(GemmTiles.COLUMNS, present, depth, x, from, lineStep, 1, panel, to);
    } else if (wide == GemmTiles.ROWS) {
      apart(GemmTiles.ROWS, present, depth, x, from, lineStep, 1, panel, to);
    } else {
      apart(wide, present, depth, x, from, lineStep, 1, panel, to);
    }
  }

  /**
   * Whole vectors while they stay inside the array: what is too much is overwritten by the next k,
   * or lies behind the panel.
   */
  private static void adjacent(
      int wide, int present, int depth, float[] x, int from, int step, float[] panel, int to) {
    int span = (wide + COUNT - 1) / COUNT * COUNT;
    int whole = depth;
    int room = x.length - span - from;
    if (room < 0) {
      whole = 0;
    } else if (step > 0) {
      whole = Math.min(whole, room / step + 1);
    }
    int k = 0;
    if (span == COUNT) {
      for (; k < whole; k++) {
        FloatVector.fromArray(FLOAT, x, from + k * step).intoArray(panel, to + k * wide);
      }
    } else {
      for (; k < whole; k++) {
        int at = from + k * step;
        int row = to + k * wide;
        FloatVector v = FloatVector.fromArray(FLOAT, x, at);
        FloatVector w = FloatVector.fromArray(FLOAT, x, at + COUNT);
        v.intoArray(panel, row);
        w.intoArray(panel, row + COUNT);
      }
    }
    for (; k < depth; k++) {
      for (int i = 0; i < wide; i++) {
        panel[to + k * wide + i] = i < present ? x[from + k * step + i] : 0f;
      }
    }
  }

  /** Four lines at a time, since what they write lies together; missing ones repeat the last. */
  private static void apart(
      int wide,
      int present,
      int depth,
      float[] x,
      int from,
      int lineStep,
      int step,
      float[] panel,
      int to) {
    int last = present - 1;
    for (int line = 0; line < wide; line += 4) {
      int i = Math.min(line, wide - 4);
      int first = from + Math.min(i, last) * lineStep;
      int second = from + Math.min(i + 1, last) * lineStep;
      int third = from + Math.min(i + 2, last) * lineStep;
      int fourth = from + Math.min(i + 3, last) * lineStep;
      int at = to + i;
      for (int k = 0; k < depth; k++) {
        panel[at + k * wide] = x[first + k * step];
        panel[at + k * wide + 1] = x[second + k * step];
        panel[at + k * wide + 2] = x[third + k * step];
        panel[at + k * wide + 3] = x[fourth + k * step];
      }
    }
  }
}
