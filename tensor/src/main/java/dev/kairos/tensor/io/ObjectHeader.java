// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.util.List;

/**
 * The header of a {@code .npy} file of Python objects.
 *
 * @param fortranOrder whether the first axis varies fastest
 * @param shape lengths of the axes, empty for a single object
 * @param dataOffset bytes before the pickle
 */
public record ObjectHeader(boolean fortranOrder, List<Integer> shape, long dataOffset) {
  /** Copies the shape. */
  public ObjectHeader {
    shape = List.copyOf(shape);
  }
}
