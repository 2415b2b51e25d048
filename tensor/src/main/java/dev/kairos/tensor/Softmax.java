// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.RowFunction;

/** {@code e^x / sum e^x} along the last axis. */
record Softmax() implements Rowwise {
  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public RowFunction function() {
    return RowFunction.SOFTMAX;
  }
}
