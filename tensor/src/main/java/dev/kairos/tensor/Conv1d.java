// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Conv1dGeometry;
import java.util.List;
import java.util.function.Supplier;

/**
 * Convolution over time: input {@code [N,T,C]}, weight {@code [K,C,O]}, optional bias {@code [O]},
 * output {@code [N,T',O]} with {@code T' = floor((T + 2 padding - dilation (K - 1) - 1) / stride) +
 * 1}. Zero padding, no kernel flip.
 */
record Conv1d(int stride, int padding, int dilation) implements Contraction {
  @Override
  public String name() {
    return "conv1d";
  }

  Conv1dGeometry geometry(Shape x, Shape w) {
    return new Conv1dGeometry(
        x.size(0), x.size(1), x.size(2), w.size(2), w.size(0), stride, padding, dilation);
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec x = inputs.get(0).spec();
    TensorSpec w = inputs.get(1).spec();
    inputs.forEach(each -> Rules.real(name(), each.spec()));
    Supplier<String> where =
        () -> "input " + x.shape() + " (N,T,C), weight " + w.shape() + " (K,C,O)";
    Rules.rank(name(), "input (N,T,C)", where, x, 3);
    Rules.rank(name(), "weight (K,C,O)", where, w, 3);
    Rules.steps(name(), where, stride, padding, dilation);
    Rules.equal(
        name(),
        "input channels must equal weight channels",
        where,
        x.shape().size(2),
        w.shape().size(1));
    if (inputs.size() > 2) {
      Shape bias = inputs.get(2).spec().shape();
      if (!bias.equals(Shape.of(w.shape().size(2)))) {
        throw new ShapeException("conv1d: bias " + bias + " must be (O): " + where.get());
      }
    }
    Conv1dGeometry g = geometry(x.shape(), w.shape());
    Rules.reach(name(), where, g);
    if (g.kernel() < 1 || g.outputTime() < 1) {
      throw new ShapeException("conv1d: the kernel does not fit the padded input: " + where.get());
    }
    return new TensorSpec(Shape.of(g.batch(), g.outputTime(), g.outputChannels()), x.dtype());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0).contiguous();
    Tensor w = inputs.get(1).contiguous();
    Tensor out = x.engine().empty(result);
    if (inputs.size() > 2) {
      out.assign(inputs.get(2).broadcastTo(result.shape()));
    } else {
      out.fill(0);
    }
    x.engine().backend().conv1d(geometry(x.shape(), w.shape()), x.data(), w.data(), out.data());
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor x = inputs.get(0);
    Tensor w = inputs.get(1);
    Conv1dGeometry g = geometry(x.shape(), w.shape());
    return switch (input) {
      case 0 -> gradient.apply(new Conv1dInputGradient(g), List.of(gradient, w));
      case 1 -> gradient.apply(new Conv1dWeightGradient(g), List.of(x, gradient));
      default -> gradient.sum(false, 0, 1);
    };
  }
}
