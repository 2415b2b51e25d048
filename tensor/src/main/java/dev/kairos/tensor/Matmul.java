// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;
import java.util.function.Supplier;

/**
 * Matrix product {@code [..,M,K] x [..,K,N] -> [..,M,N]}, leading axes broadcast; with a third
 * operand, which broadcasts to the result, added to it.
 */
record Matmul() implements Contraction {
  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec a = inputs.get(0).spec();
    TensorSpec b = inputs.get(1).spec();
    inputs.forEach(each -> Rules.real(name(), each.spec()));
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
    Shape result = batch.then(Shape.of(a.shape().size(-2), b.shape().size(-1)));
    if (inputs.size() > 2) {
      Shape addend = inputs.get(2).spec().shape();
      Supplier<String> all = () -> where.get() + ", addend " + addend + " of " + result;
      if (!Shape.broadcast(name(), all, addend, result).equals(result)) {
        throw new ShapeException("matmul: the addend must repeat to the product: " + all.get());
      }
    }
    return new TensorSpec(result, a.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor out = inputs.get(0).engine().empty(result);
    boolean added = inputs.size() > 2;
    if (added) {
      out.assign(inputs.get(2).broadcastTo(result.shape()));
    }
    multiply(inputs.get(0), inputs.get(1), added, out);
    return out;
  }

  private static void multiply(Tensor a, Tensor b, boolean accumulate, Tensor out) {
    Shape batch = out.shape().slice(0, out.shape().rank() - 2);
    Tensor left = a.broadcastTo(batch.then(Shape.of(a.shape().size(-2), a.shape().size(-1))));
    Tensor right = b.broadcastTo(batch.then(Shape.of(b.shape().size(-2), b.shape().size(-1))));
    a.engine().backend().matmul(left.data(), right.data(), accumulate, out.data());
  }

  /** For a transposed operand its transpose is computed: the result lies as the operand does. */
  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor a = inputs.get(0);
    Tensor b = inputs.get(1);
    if (input == 2) {
      return gradient.sumTo(inputs.get(2).shape());
    }
    Tensor left = input == 0 ? gradient : a.transpose(-2, -1);
    Tensor right = input == 0 ? b.transpose(-2, -1) : gradient;
    Tensor product =
        isTransposed(inputs.get(input))
            ? right.transpose(-2, -1).matmul(left.transpose(-2, -1)).transpose(-2, -1)
            : left.matmul(right);
    return product.sumTo(inputs.get(input).shape());
  }

  private static boolean isTransposed(Tensor x) {
    int last = x.shape().rank() - 1;
    return x.data().stride(last) != 1 && x.data().stride(last - 1) == 1;
  }

  @Override
  public void addVjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient, Tensor sum) {
    Tensor a = inputs.get(0);
    Tensor b = inputs.get(1);
    Shape batch = gradient.shape().slice(0, gradient.shape().rank() - 2);
    boolean whole = input < 2 && sum.shape().slice(0, sum.shape().rank() - 2).equals(batch);
    if (!whole) {
      sum.addInPlace(vjp(input, inputs, output, gradient));
    } else if (input == 0) {
      multiply(gradient, b.transpose(-2, -1), true, sum);
    } else {
      multiply(a.transpose(-2, -1), gradient, true, sum);
    }
  }
}
