// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.RowFunction;

/** Rows of unit length, {@code x / (|x| + epsilon)} along the last axis. */
record L2Normalize(double epsilon) implements Rowwise {
  @Override
  public String name() {
    return "l2Normalize";
  }

  @Override
  public RowFunction function() {
    return RowFunction.L2_NORMALIZE;
  }
}
