// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.tensor.io.NpyArray;

/** An array of a file with its values as floats, in C order: the last axis varies fastest. */
public final class StoredArray {
  private final ArrayInfo info;
  private final float[] values;

  private StoredArray(ArrayInfo info, float[] values) {
    this.info = info;
    this.values = values;
  }

  /**
   * Takes ownership of the values, which nobody may keep.
   *
   * @throws IllegalArgumentException if there are not as many as the shape says
   */
  public static StoredArray adopt(ArrayInfo info, float[] values) {
    long count = info.shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    if (count != values.length) {
      throw new IllegalArgumentException(
          "array: %d values for shape %s".formatted(values.length, info.shape()));
    }
    return new StoredArray(info, values);
  }

  /**
   * An array of numbers as {@code .npy} files and the like have it.
   *
   * @throws IllegalArgumentException for texts
   */
  public static StoredArray of(String name, NpyArray array) {
    return adopt(ArrayInfo.of(name, array.type(), array.shape()), array.toFloats());
  }

  /** Name, type and shape. */
  public ArrayInfo info() {
    return info;
  }

  /** A copy of all values. */
  public float[] values() {
    return values.clone();
  }

  /** All values, never to be changed or handed out. */
  float[] shared() {
    return values;
  }

  @Override
  public String toString() {
    return info.toString();
  }
}
