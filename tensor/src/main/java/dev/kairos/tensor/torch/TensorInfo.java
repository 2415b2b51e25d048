// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.torch;

import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.pickle.PickleArray;
import dev.kairos.tensor.pickle.PickleTensor;
import dev.kairos.tensor.pickle.PickleValue;
import java.util.Arrays;
import java.util.List;

/**
 * What a tensor is, without its elements.
 *
 * @param type what an element is
 * @param shape lengths of the axes
 */
public record TensorInfo(ElementType type, List<Integer> shape) {
  /** Copies the shape. */
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  static TensorInfo of(PickleValue value) {
    if (value instanceof PickleTensor tensor) {
      return new TensorInfo(tensor.storage().type(), boxed(tensor.shape()));
    }
    PickleArray array = (PickleArray) value;
    return new TensorInfo(array.plain().type(), boxed(array.shape()));
  }

  private static List<Integer> boxed(int[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
