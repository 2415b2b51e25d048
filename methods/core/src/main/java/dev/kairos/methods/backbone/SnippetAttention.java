// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.backbone;

import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.layer.Linear;
import dev.kairos.tensor.TensorOps;

/**
 * How much each snippet counts, by its own features: {@code sigmoid(w2 relu(W1 x + b1) + b2)}.
 *
 * <p>Source: STPN, "Weakly Supervised Action Localization by Sparse Temporal Pooling Network" (CVPR
 * 2018), its attention module.
 */
public final class SnippetAttention {
  private final Linear hidden;
  private final Linear weight;

  /**
   * A module with fresh weights {@code hidden} and {@code weight}.
   *
   * @param parameters the part of the tree it owns
   * @param width values per snippet D
   * @param hidden width of the layer between
   */
  public SnippetAttention(Parameters parameters, int width, int hidden) {
    this.hidden = new Linear(parameters.at("hidden"), width, hidden, true);
    this.weight = new Linear(parameters.at("weight"), hidden, 1, true);
  }

  /** Weights in (0, 1) of features {@code [..,D]}: {@code [..,1]}. */
  public <T extends TensorOps<T>> T forward(Pass<T> pass, T x) {
    return weight.forward(pass, hidden.forward(pass, x).relu()).sigmoid();
  }
}
