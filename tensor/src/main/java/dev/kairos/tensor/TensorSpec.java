// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/**
 * What is known of a tensor without its elements.
 *
 * @param shape its axes
 * @param dtype its elements
 */
public record TensorSpec(Shape shape, DType dtype) {
  @Override
  public String toString() {
    return shape + " " + dtype;
  }
}
