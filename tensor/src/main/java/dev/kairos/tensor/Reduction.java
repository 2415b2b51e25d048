// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.Strided;
import java.util.List;

/** Many elements along some axes become one. */
sealed interface Reduction extends Op permits Max, Min, Sum {

  ReduceFunction function();

  /** The axes that are reduced, counted from the front, ascending. */
  int[] reduced(Shape shape);

  boolean keepDims();

  @Override
  default TensorSpec spec(List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(0);
    Rules.real(name(), x);
    Shape shape = x.shape();
    int[] axes = reduced(shape);
    for (int i = axes.length - 1; i >= 0; i--) {
      shape = keepDims() ? shape.with(axes[i], 1) : shape.remove(axes[i]);
    }
    return new TensorSpec(shape, x.dtype());
  }

  @Override
  default Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    int[] axes = reduced(x.shape());
    int rank = x.shape().rank();
    int[] order = new int[rank];
    boolean[] gone = new boolean[rank];
    int at = rank - axes.length;
    for (int axis : axes) {
      gone[axis] = true;
      order[at++] = axis;
    }
    at = 0;
    for (int axis = 0; axis < rank; axis++) {
      if (!gone[axis]) {
        order[at++] = axis;
      }
    }
    Tensor out = x.engine().empty(result.shape(), result.dtype());
    Strided kept =
        Strided.contiguous(
            out.data().buffer(), x.permute(order).shape().slice(0, rank - axes.length).sizes());
    x.engine().backend().reduce(function(), x.permute(order).data(), kept);
    return out;
  }
}
