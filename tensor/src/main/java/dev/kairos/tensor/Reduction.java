// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.Strided;
import java.util.Arrays;
import java.util.List;

/** Many elements along some axes become one. */
sealed interface Reduction extends Op permits Max, Min, Sum {

  ReduceFunction function();

  /** The axes that are reduced, counted from the front, ascending. */
  int[] reduced(Shape shape);

  boolean keepDims();

  @Override
  default boolean reads(int input, int operand) {
    return operand == 0;
  }

  @Override
  default TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    Rules.real(name(), x);
    int[] axes = reduced(x.shape());
    int[] sizes = x.shape().sizes();
    int kept = 0;
    int gone = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      boolean isReduced = gone < axes.length && axes[gone] == axis;
      gone += isReduced ? 1 : 0;
      if (!isReduced || keepDims()) {
        sizes[kept++] = isReduced ? 1 : sizes[axis];
      }
    }
    return new TensorSpec(Shape.checked(Arrays.copyOf(sizes, kept)), x.dtype());
  }

  @Override
  default Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Strided in = x.data();
    int[] axes = reduced(x.shape());
    int rank = in.rank();
    int keptRank = rank - axes.length;
    int[] sizes = new int[rank];
    int[] strides = new int[rank];
    int kept = 0;
    int gone = 0;
    for (int axis = 0; axis < rank; axis++) {
      boolean isReduced = gone < axes.length && axes[gone] == axis;
      int to = isReduced ? keptRank + gone++ : kept++;
      sizes[to] = in.size(axis);
      strides[to] = in.stride(axis);
    }
    Tensor out = x.engine().empty(result);
    int[] keptSizes = Arrays.copyOf(sizes, keptRank);
    Strided keptAxes = out.data().view(0, keptSizes, Strided.contiguousStrides(keptSizes));
    Strided reducedLast = in.view(in.offset(), sizes, strides);
    x.engine().backend().reduce(function(), reducedLast, keptAxes);
    return out;
  }
}
