// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/** A function of each row along the last axis; the shape stays. */
sealed interface Rowwise extends Op permits LogSoftmax, Normalize, Softmax {
  @Override
  default TensorSpec spec(List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(0);
    Rules.real(name(), x);
    if (x.shape().rank() == 0) {
      throw new ShapeException(name() + ": needs at least one axis, not " + x.shape());
    }
    return x;
  }
}
