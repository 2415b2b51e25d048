// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.RandomKey;
import java.util.List;

/**
 * Inverted dropout: each element is 0 with probability p, else divided by {@code 1 - p}. The mask
 * is a function of the key, so the gradient is the same operation again.
 */
record Dropout(double p, RandomKey key) implements Op {
  @Override
  public String name() {
    return "dropout";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    Rules.real(name(), inputs.get(0).spec());
    if (!(p >= 0 && p < 1)) {
      throw new IllegalArgumentException("dropout: p must be in [0, 1): " + p);
    }
    return inputs.get(0).spec();
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor x = inputs.get(0);
    Tensor out = x.engine().empty(result);
    x.engine().backend().dropout(x.data(), p, key, out.data());
    return out;
  }

  @Override
  public boolean reads(int input, int operand) {
    return false;
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    return gradient.dropout(p, key);
  }
}
