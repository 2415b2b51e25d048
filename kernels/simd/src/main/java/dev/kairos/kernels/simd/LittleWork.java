// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much little work is still done one element at a time. Until a vector loop has run long enough
 * to be compiled each of its vectors is an object, so a short training of a small network would
 * spend most of its time on them; where there is much little work, compiling pays.
 */
final class LittleWork {
  private final long most;
  private final AtomicLong left;

  /**
   * An allowance.
   *
   * @param most what counts as little
   * @param budget how much there may be in all
   */
  LittleWork(long most, long budget) {
    this.most = most;
    left = new AtomicLong(budget);
  }

  /** Whether work is little and the allowance not spent; then it is taken from it. */
  boolean takes(long work) {
    if (work > most || left.get() <= 0) {
      return false;
    }
    left.addAndGet(-work);
    return true;
  }
}
