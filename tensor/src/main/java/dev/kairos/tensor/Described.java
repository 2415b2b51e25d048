// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/** Something with a known shape and type: a tensor, or its description alone. */
public interface Described {
  /** Shape and type. */
  TensorSpec spec();
}
