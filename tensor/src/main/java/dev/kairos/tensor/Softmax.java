// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;

/** {@code e^x / sum e^x} along the last axis. */
record Softmax() implements Rowwise {
  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Tensor out = x.engine().empty(result);
    x.engine().backend().softmax(x.data(), false, out.data());
    return out;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor mean = gradient.multiply(output).sum(true, -1);
    return gradient.subtract(mean).multiply(output);
  }
}
