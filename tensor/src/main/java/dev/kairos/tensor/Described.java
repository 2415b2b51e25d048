// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/** An object with a shape and an element type: a tensor, or its description alone. */
public interface Described {
  /** Shape and type. */
  TensorSpec spec();
}
