// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.tensor.io.ElementType;
import java.util.Arrays;
import java.util.List;

/**
 * An array in a file of features, without its values.
 *
 * @param name what the file calls it; empty where it holds one array without a name
 * @param type what an element is
 * @param shape lengths of the axes
 */
public record ArrayInfo(String name, ElementType type, List<Integer> shape) {
  /** Copies the shape. */
  public ArrayInfo {
    shape = List.copyOf(shape);
  }

  /** The same from an array of lengths. */
  public static ArrayInfo of(String name, ElementType type, int... shape) {
    return new ArrayInfo(name, type, Arrays.stream(shape).boxed().toList());
  }

  /** Type and shape, for example {@code F32 [14, 1024]}. */
  @Override
  public String toString() {
    return type + " " + shape;
  }
}
