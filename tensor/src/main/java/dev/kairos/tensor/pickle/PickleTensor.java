// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import java.util.Arrays;

/**
 * A tensor of PyTorch: a view of elements that lie elsewhere in the file. Whether the view stays
 * within them has been checked.
 */
public final class PickleTensor implements PickleValue {
  private final Storage storage;
  private final long offset;
  private final int[] shape;
  private final long[] strides;

  /** Takes ownership of the arrays. */
  PickleTensor(Storage storage, long offset, int[] shape, long[] strides) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }

  /** Where the elements are. */
  public Storage storage() {
    return storage;
  }

  /** The place of the first element in its storage. */
  public long offset() {
    return offset;
  }

  /** Lengths of the axes. */
  public int[] shape() {
    return shape.clone();
  }

  /** Elements from one index of an axis to the next. */
  public long[] strides() {
    return strides.clone();
  }

  @Override
  public String describe() {
    return "a tensor " + storage.type() + " " + Arrays.toString(shape);
  }
}
