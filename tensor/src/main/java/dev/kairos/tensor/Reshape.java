// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same elements in row order under another shape; a view where the rows have no gaps, or where
 * only axes of size 1 come or go.
 */
record Reshape(Shape shape) implements Movement {
  /** The sizes for the elements of a shape; one may be -1 and follows from the others. */
  static Shape filled(Shape from, int... sizes) {
    int open = -1;
    long known = 1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] < -1 || (sizes[i] == -1 && open >= 0)) {
        throw new ShapeException(
            "reshape: sizes must not be negative, but one may be -1: "
                + from
                + " to "
                + Arrays.toString(sizes));
      }
      open = sizes[i] == -1 ? i : open;
      known = sizes[i] == -1 || known > Integer.MAX_VALUE ? known : known * sizes[i];
    }
    if (open < 0) {
      return sized(from, sizes);
    }
    int count = from.count();
    if (known == 0 ? count != 0 : count % known != 0) {
      throw new ShapeException(
          "reshape: no size in place of -1 keeps the number of elements: "
              + from
              + " to "
              + Arrays.toString(sizes));
    }
    int[] filled = sizes.clone();
    filled[open] = known == 0 ? 0 : (int) (count / known);
    return sized(from, filled);
  }

  private static Shape sized(Shape from, int... sizes) {
    try {
      return Shape.of(sizes);
    } catch (ShapeException e) {
      throw new ShapeException("reshape: " + e.getMessage() + ", from " + from);
    }
  }

  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    Rules.equal(
        name(),
        "the number of elements must stay",
        () -> x.shape() + " to " + shape,
        x.shape().count(),
        shape.count());
    return new TensorSpec(shape, x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    if (!x.data().isContiguous()) {
      int[] strides = strides(x);
      if (strides != null) {
        return x.view(shape, x.data().offset(), strides);
      }
    }
    return x.contiguous().reshaped(shape);
  }

  /** The strides of x under the new shape, null if its axes longer than 1 are not the same. */
  private int @Nullable [] strides(Tensor x) {
    int[] strides = new int[shape.rank()];
    int from = 0;
    for (int i = 0; i < strides.length; i++) {
      strides[i] = 1;
      if (shape.size(i) != 1) {
        from = next(x.shape(), from);
        if (from == x.shape().rank() || x.shape().size(from) != shape.size(i)) {
          return null;
        }
        strides[i] = x.data().stride(from++);
      }
    }
    return next(x.shape(), from) == x.shape().rank() ? strides : null;
  }

  /** The first axis from one on that is longer than 1. */
  private static int next(Shape shape, int from) {
    int axis = from;
    while (axis < shape.rank() && shape.size(axis) == 1) {
      axis++;
    }
    return axis;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.reshape(inputs.get(0).shape());
  }
}
