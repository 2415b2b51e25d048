// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

/**
 * Brings a block of a matrix into panels: a panel holds {@code width} neighbouring lines (rows of
 * A, or columns of B), and for each k the elements of all its lines lie together.
 */
final class Panels {
  private Panels() {}

  /**
   * Packs lines into panels one after the other. The last panel is half as wide where that is
   * enough, and lines that do not exist are zeros.
   *
   * @param width lines of a panel
   * @param narrow lines of a last panel that needs no more
   * @param lines how many there are
   * @param depth elements of a line
   * @param x where they are
   * @param from the first element of the first line
   * @param lineStep from one line to the next
   * @param depthStep from one element of a line to the next
   * @param panels where the panels go; the panel of line i begins at {@code i * depth}
   */
  static void pack(
      int width,
      int narrow,
      int lines,
      int depth,
      float[] x,
      int from,
      int lineStep,
      int depthStep,
      float[] panels) {
    for (int line = 0; line < lines; line += width) {
      int present = Math.min(width, lines - line);
      int wide = present <= narrow ? narrow : width;
      int at = from + line * lineStep;
      int to = line * depth;
      if (lineStep == 1) {
        adjacent(wide, present, depth, x, at, depthStep, panels, to);
      } else {
        apart(wide, present, depth, x, at, lineStep, depthStep, panels, to);
      }
    }
  }

  private static void adjacent(
      int wide, int present, int depth, float[] x, int from, int step, float[] panels, int to) {
    for (int k = 0; k < depth; k++) {
      int at = from + k * step;
      int row = to + k * wide;
      System.arraycopy(x, at, panels, row, present);
      for (int i = present; i < wide; i++) {
        panels[row + i] = 0f;
      }
    }
  }

  private static void apart(
      int wide,
      int present,
      int depth,
      float[] x,
      int from,
      int lineStep,
      int step,
      float[] panels,
      int to) {
    for (int i = 0; i < wide; i++) {
      if (i < present) {
        int at = from + i * lineStep;
        for (int k = 0; k < depth; k++) {
          panels[to + k * wide + i] = x[at + k * step];
        }
      } else {
        for (int k = 0; k < depth; k++) {
          panels[to + k * wide + i] = 0f;
        }
      }
    }
  }
}
