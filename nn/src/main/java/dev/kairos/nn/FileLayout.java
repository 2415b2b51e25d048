// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import dev.kairos.tensor.Shape;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;

/** The order of a parameter's axes in a weight file, which follows PyTorch. */
public enum FileLayout {
  /** As in memory. */
  SAME(-1),
  /** Memory {@code [in, out]}, file {@code [out, in]}. */
  LINEAR(2),
  /** Memory {@code [K, Cin, Cout]}, file {@code [Cout, Cin, K]}. */
  CONV1D(3);

  /** Axes it needs; -1 for any number. */
  private final int rank;

  FileLayout(int rank) {
    this.rank = rank;
  }

  void require(String parameter, Shape shape) {
    if (rank >= 0 && shape.rank() != rank) {
      throw new ShapeException(
          "parameters: " + parameter + " " + shape + " must have " + rank + " axes to be " + this);
    }
  }

  /** The shape in a file of a shape in memory; each layout is its own inverse. */
  Shape swap(Shape shape) {
    int[] sizes = shape.sizes();
    if (rank > 0) {
      int first = sizes[0];
      sizes[0] = sizes[rank - 1];
      sizes[rank - 1] = first;
    }
    return Shape.of(sizes);
  }

  /** From memory to file, as a view; each layout is its own inverse. */
  Tensor swap(Tensor tensor) {
    return switch (this) {
      case SAME -> tensor;
      case LINEAR -> tensor.transpose(0, 1);
      case CONV1D -> tensor.transpose(0, 2);
    };
  }
}
