// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;
import java.util.function.Supplier;

/** Matrix product {@code [..,M,K] x [..,K,N] -> [..,M,N]}; leading axes broadcast. */
record Matmul() implements Contraction {
  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public TensorSpec spec(List<TensorSpec> inputs) {
    TensorSpec a = inputs.get(0);
    TensorSpec b = inputs.get(1);
    Rules.real(name(), a);
    Rules.real(name(), b);
    Supplier<String> where =
        () -> "left " + a.shape() + " (..,M,K), right " + b.shape() + " (..,K,N)";
    if (a.shape().rank() < 2 || b.shape().rank() < 2) {
      throw new ShapeException("matmul: both need at least two axes: " + where.get());
    }
    Rules.equal(name(), "columns must equal rows", where, a.shape().size(-1), b.shape().size(-2));
    Shape batch =
        Shape.broadcast(
            name(),
            where,
            a.shape().slice(0, a.shape().rank() - 2),
            b.shape().slice(0, b.shape().rank() - 2));
    return new TensorSpec(batch.then(Shape.of(a.shape().size(-2), b.shape().size(-1))), a.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor a = inputs.get(0);
    Tensor b = inputs.get(1);
    Shape batch = result.shape().slice(0, result.shape().rank() - 2);
    Tensor left = a.broadcastTo(batch.then(Shape.of(a.shape().size(-2), a.shape().size(-1))));
    Tensor right = b.broadcastTo(batch.then(Shape.of(b.shape().size(-2), b.shape().size(-1))));
    Tensor out = a.engine().empty(result);
    a.engine().backend().matmul(left.data(), right.data(), false, out.data());
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor a = inputs.get(0);
    Tensor b = inputs.get(1);
    return input == 0
        ? gradient.matmul(b.transpose(-2, -1)).sumTo(a.shape())
        : a.transpose(-2, -1).matmul(gradient).sumTo(b.shape());
  }
}
