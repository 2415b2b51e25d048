// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The arrays that batches are read into on their way to the engine. One that comes back serves the
 * next batch of its length, so a training needs two: the step that trains has one, and the step
 * that is being read the other. Can be used by several threads.
 */
final class BatchArrays {
  private final Queue<float[]> free = new ConcurrentLinkedQueue<>();

  /** An array of a length, with any content. Those of other lengths are let go. */
  float[] take(int length) {
    for (float[] array = free.poll(); array != null; array = free.poll()) {
      if (array.length == length) {
        return array;
      }
    }
    return new float[length];
  }

  /** Takes an array back, which its user may not touch any more. */
  void give(float[] array) {
    free.add(array);
  }
}
