// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Buffers of closed scopes by classes of lengths, for re-use. */
final class BufferPool {
  /** Classes of lengths for each power of two. */
  private static final int CLASSES = 8;

  private final List<Deque<Storage>> reals = new ArrayList<>();
  private final List<Deque<Storage>> indices = new ArrayList<>();

  /**
   * Takes a free buffer, or none. One of up to twice the length will do, so that lengths that
   * change from step to step do not each keep their own.
   *
   * @param length one that {@link #roundUp} gives
   */
  @Nullable Storage take(boolean isIndices, int length) {
    int number = number(length);
    Storage found = null;
    for (int i = 0; i <= CLASSES && found == null; i++) {
      found = pool(isIndices, number + i).poll();
    }
    return found;
  }

  /** Adds a free buffer. */
  void add(Storage free) {
    pool(free.buffer().isIndices(), number(free.buffer().length())).push(free);
  }

  /** Empties the pool. */
  void clear(Consumer<Storage> each) {
    for (List<Deque<Storage>> pools : List.of(reals, indices)) {
      pools.forEach(pool -> pool.forEach(each));
      pools.clear();
    }
  }

  /** The free buffers of one class of lengths. */
  private Deque<Storage> pool(boolean isIndices, int number) {
    List<Deque<Storage>> pools = isIndices ? indices : reals;
    while (pools.size() <= number) {
      pools.add(new ArrayDeque<>());
    }
    return pools.get(number);
  }

  /** Counts the classes of lengths: eight for each power of two. */
  private static int number(int length) {
    int top = Integer.highestOneBit(length);
    int step = top / CLASSES;
    return Integer.numberOfTrailingZeros(top) * CLASSES + (length - top + step - 1) / step;
  }

  /**
   * Lengths that are kept apart in the pool: at most an eighth is wasted, and recordings of
   * slightly different length share buffers.
   */
  static int roundUp(int length) {
    if (length <= 64) {
      return 64;
    }
    int step = Integer.highestOneBit(length) / CLASSES;
    long rounded = ((long) length + step - 1) / step * step;
    return (int) Math.max(length, Math.min(rounded, Integer.MAX_VALUE - 8));
  }
}
