// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.init.Initializer;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;

/** A table of vectors, looked up by index. Weights: {@code weight [entries, width]}. */
public final class Embedding {
  private final Parameter weight;

  /** A table of normal numbers of deviation 1. */
  public Embedding(Parameters parameters, int entries, int width) {
    this.weight =
        parameters.create(
            "weight", Shape.of(entries, width), Initializer.normal(1), FileLayout.SAME);
  }

  /**
   * The vectors of some entries.
   *
   * @param entries their m numbers
   * @return {@code [m, width]}
   * @throws IllegalArgumentException for an entry that is not in the table
   */
  public <T extends TensorOps<T>> T forward(Pass<T> pass, int... entries) {
    int size = weight.value().shape().size(0);
    for (int entry : entries) {
      if (entry < 0 || entry >= size) {
        throw new IllegalArgumentException(
            "embedding: no entry " + entry + " in a table of " + size);
      }
    }
    Tensor indices = weight.value().engine().indices(entries, entries.length);
    return pass.of(weight).gather(0, pass.constant(indices));
  }
}
