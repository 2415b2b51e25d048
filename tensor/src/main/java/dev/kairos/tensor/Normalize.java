// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.RowFunction;

/**
 * {@code (x - mean) / sqrt(variance + epsilon)} along the last axis, with the population variance:
 * layer normalisation without its weight and bias.
 */
record Normalize(double epsilon) implements Rowwise {
  @Override
  public String name() {
    return "normalize";
  }

  @Override
  public RowFunction function() {
    return RowFunction.NORMALIZE;
  }
}
