// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;
import java.util.function.Supplier;

/** Tensors joined along an axis; their other sizes agree. */
record Concat(int axis) implements Movement {
  @Override
  public String name() {
    return "concat";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec first = inputs.get(0).spec();
    int along = first.shape().axis(name(), axis);
    long length = 0;
    for (Described each : inputs) {
      TensorSpec x = each.spec();
      if (x.dtype() != first.dtype()) {
        throw new DTypeException("concat: types must agree: " + first + " and " + x);
      }
      boolean fits =
          x.shape().rank() == first.shape().rank()
              && x.shape().slice(0, along).equals(first.shape().slice(0, along))
              && rest(x.shape(), along).equals(rest(first.shape(), along));
      if (!fits) {
        throw new ShapeException(
            "concat: all but axis " + axis + " must agree: " + first + " and " + x);
      }
      length += x.shape().size(along);
    }
    Supplier<String> where = () -> inputs.size() + " operands, the first " + first.shape();
    Rules.fits(name(), where, first.shape(), along, length);
    return new TensorSpec(first.shape().with(along, (int) length), first.dtype());
  }

  private static Shape rest(Shape shape, int along) {
    return shape.slice(along + 1, shape.rank());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor out = inputs.get(0).engine().empty(result);
    int at = 0;
    for (Tensor x : inputs) {
      int length = x.shape().size(axis);
      out.narrow(axis, at, length).assign(x);
      at += length;
    }
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    int at = 0;
    for (int i = 0; i < input; i++) {
      at += inputs.get(i).shape().size(axis);
    }
    return gradient.narrow(axis, at, inputs.get(input).shape().size(axis));
  }
}
