// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import dev.kairos.tensor.Tensor;

/**
 * A trainable tensor with its name, which is the path of modules that leads to it ({@code
 * cas.conv1.weight}).
 *
 * <p>Its tensor lives outside every scope; optimisers write into it.
 */
public final class Parameter {
  private final String name;
  private final Tensor value;
  private final FileLayout layout;

  Parameter(String name, Tensor value, FileLayout layout) {
    this.name = name;
    this.value = value;
    this.layout = layout;
  }

  /** The path of modules, joined with dots. */
  public String name() {
    return name;
  }

  /** The current value. */
  public Tensor value() {
    return value;
  }

  /** How it stands in a weight file. */
  public FileLayout layout() {
    return layout;
  }

  @Override
  public String toString() {
    return name + " " + value.shape();
  }
}
