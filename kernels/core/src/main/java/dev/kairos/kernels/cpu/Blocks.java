// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

/** How much work one task is: large enough that handing it out costs little beside it. */
final class Blocks {
  /** Elements of one elementwise task; a multiple of {@link FloatLoops#BLOCK}. */
  static final int ELEMENTS = 4 * FloatLoops.BLOCK;

  private Blocks() {}

  /** Rows of the given length that make one task. */
  static int perTask(int length) {
    return Math.max(1, ELEMENTS / Math.max(1, length));
  }

  /** Tasks that cover n items in steps. */
  static int count(int n, int step) {
    return (n + step - 1) / step;
  }
}
