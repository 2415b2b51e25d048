// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/**
 * The shape and element type of a tensor, without its elements.
 *
 * @param shape its axes
 * @param dtype its elements
 */
public record TensorSpec(Shape shape, DType dtype) implements Described {
  @Override
  public TensorSpec spec() {
    return this;
  }

  @Override
  public String toString() {
    return shape + " " + dtype;
  }
}
