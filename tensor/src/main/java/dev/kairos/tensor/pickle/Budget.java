// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

/** How much memory values may still take, about. */
final class Budget {
  /** Of one value beside what it holds: object, place on the stack, entry of a list. */
  static final int VALUE_BYTES = 64;

  private final long limit;
  private long left;

  Budget(long limit) {
    this.limit = limit;
    this.left = limit;
  }

  /** Half of what the Java machine may have: the other half is for those who use the values. */
  static Budget ofThisMachine() {
    return new Budget(Runtime.getRuntime().maxMemory() / 2);
  }

  /** Whether so many bytes are left; they are taken. */
  boolean take(long bytes) {
    if (bytes < 0 || bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }

  long limit() {
    return limit;
  }
}
