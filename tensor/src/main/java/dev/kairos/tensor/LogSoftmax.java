// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.RowFunction;

/** {@code x - log sum e^x} along the last axis. */
record LogSoftmax() implements Rowwise {
  @Override
  public String name() {
    return "logSoftmax";
  }

  @Override
  public RowFunction function() {
    return RowFunction.LOG_SOFTMAX;
  }
}
