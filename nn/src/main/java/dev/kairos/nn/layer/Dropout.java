// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import dev.kairos.nn.Pass;
import dev.kairos.tensor.TensorOps;

/**
 * Inverted dropout: in training each element is 0 with probability p, else divided by {@code 1 -
 * p}.
 *
 * @param p in [0, 1)
 */
public record Dropout(double p) implements Layer {
  /** Checks the probability. */
  public Dropout {
    if (!(p >= 0 && p < 1)) {
      throw new IllegalArgumentException("dropout: p must be in [0, 1): " + p);
    }
  }

  @Override
  public <T extends TensorOps<T>> T forward(Pass<T> pass, T x) {
    return pass.training() && p > 0 ? x.dropout(p, pass.nextKey()) : x;
  }
}
