// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Conv1dGeometry;
import java.util.List;
import java.util.function.Supplier;

/**
 * Convolution over time of M rescaled copies of one input, from what each tap gives: taps {@code
 * [K,N,T,O]} (the input times the weight of each tap) and factors of the steps {@code [M,N,T]} give
 * {@code [M,N,T',O]}, {@code y[m,n,t] = sum_k f[m,n,s] taps[k,n,s]} where tap k of output step t
 * reads step s; an optional bias {@code [O]}. The product with the weight, which is nearly all the
 * work of a convolution, is shared by all copies.
 */
record TapSum(int stride, int padding, int dilation) implements Contraction {
  @Override
  public String name() {
    return "tapSum";
  }

  Conv1dGeometry geometry(Shape taps) {
    return new Conv1dGeometry(
        taps.size(1), taps.size(2), 1, taps.size(3), taps.size(0), stride, padding, dilation);
  }

  /** The shape of the taps. */
  static Shape taps(Conv1dGeometry g) {
    return Shape.of(g.kernel(), g.batch(), g.time(), g.outputChannels());
  }

  /** The shape of the factors of m weighings. */
  static Shape factors(Conv1dGeometry g, int m) {
    return Shape.of(m, g.batch(), g.time());
  }

  /** The shape of the results of m weighings. */
  static Shape results(Conv1dGeometry g, int m) {
    return Shape.of(m, g.batch(), g.outputTime(), g.outputChannels());
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    inputs.forEach(each -> Rules.real(name(), each.spec()));
    Shape taps = inputs.get(0).spec().shape();
    Shape factors = inputs.get(1).spec().shape();
    Supplier<String> where = () -> "taps " + taps + " (K,N,T,O), factors " + factors + " (M,N,T)";
    Rules.rank(name(), "taps (K,N,T,O)", where, inputs.get(0).spec(), 4);
    Rules.rank(name(), "factors (M,N,T)", where, inputs.get(1).spec(), 3);
    Rules.equal(name(), "batches must agree", where, taps.size(1), factors.size(1));
    Rules.equal(name(), "steps must agree", where, taps.size(2), factors.size(2));
    Rules.steps(name(), where, stride, padding, dilation);
    if (inputs.size() > 2 && !inputs.get(2).spec().shape().equals(Shape.of(taps.size(3)))) {
      throw new ShapeException(
          "tapSum: bias " + inputs.get(2).spec().shape() + " must be (O): " + where.get());
    }
    Conv1dGeometry g = geometry(taps);
    Rules.reach(name(), where, g);
    if (g.kernel() < 1 || g.outputTime() < 1) {
      throw new ShapeException("tapSum: the kernel does not fit the padded input: " + where.get());
    }
    return new TensorSpec(results(g, factors.size(0)), inputs.get(0).spec().dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor taps = inputs.get(0).contiguous();
    Tensor factors = inputs.get(1).contiguous();
    Tensor out = taps.engine().empty(result);
    if (inputs.size() > 2) {
      out.assign(inputs.get(2).broadcastTo(result.shape()));
    } else {
      out.fill(0);
    }
    Conv1dGeometry g = geometry(taps.shape());
    taps.engine().backend().tapSum(g, taps.data(), factors.data(), out.data());
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor taps = inputs.get(0);
    Conv1dGeometry g = geometry(taps.shape());
    return switch (input) {
      case 0 -> gradient.apply(new TapSpread(g), List.of(inputs.get(1), gradient));
      case 1 -> gradient.apply(new TapDot(g), List.of(taps, gradient));
      default -> gradient.sum(false, 0, 1, 2);
    };
  }
}
