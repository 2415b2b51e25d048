// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import dev.kairos.tensor.Tensor;

/** How a parameter's axes stand in a weight file, which follows PyTorch. */
public enum FileLayout {
  /** As in memory. */
  SAME,
  /** Memory {@code [in, out]}, file {@code [out, in]}. */
  LINEAR,
  /** Memory {@code [K, Cin, Cout]}, file {@code [Cout, Cin, K]}. */
  CONV1D;

  /** From memory to file, as a view; each layout is its own inverse. */
  Tensor swap(Tensor tensor) {
    return switch (this) {
      case SAME -> tensor;
      case LINEAR -> tensor.transpose(0, 1);
      case CONV1D -> tensor.transpose(0, 2);
    };
  }
}
