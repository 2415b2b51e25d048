// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/** {@code x - log sum e^x} along the last axis. */
record LogSoftmax() implements Rowwise {
  @Override
  public String name() {
    return "logSoftmax";
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Tensor out = x.engine().empty(result);
    x.engine().backend().softmax(x.data(), true, out.data());
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.subtract(output.exp().multiply(gradient.sum(true, -1)));
  }
}
