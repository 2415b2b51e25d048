// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import dev.kairos.nn.Pass;
import dev.kairos.tensor.TensorOps;

/** A building block of networks with one input and one output. */
public interface Layer {
  /** Computes the output in a pass. */
  <T extends TensorOps<T>> T forward(Pass<T> pass, T x);
}
