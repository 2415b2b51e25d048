// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.layer.Conv1d;
import dev.kairos.nn.layer.Dropout;
import dev.kairos.tensor.TensorOps;

/**
 * The network of the baseline: two convolutions over time with a ReLU and dropout between them.
 * Each class has a logit of its own at each snippet; there is no background channel.
 */
final class PlainModel {
  private final Conv1d hidden;
  private final Conv1d output;
  private final Dropout dropout;

  /**
   * A network with fresh weights.
   *
   * @param parameters the part of the tree it owns
   * @param width values per snippet F
   * @param classes C
   * @param hidden values between the layers
   * @param reach snippets to either side that each layer looks at
   */
  public PlainModel(
      Parameters parameters, int width, int classes, int hidden, int reach, double dropout) {
    this.hidden = Conv1d.same(parameters.at("conv1"), width, hidden, 2 * reach + 1);
    this.output = Conv1d.same(parameters.at("conv2"), hidden, classes, 2 * reach + 1);
    this.dropout = new Dropout(dropout);
  }

  /**
   * Class logits of each snippet.
   *
   * @param x features {@code [B,S,F]}
   * @return {@code [B,S,C]}, unbounded
   */
  public <T extends TensorOps<T>> T forward(Pass<T> pass, T x) {
    T h = hidden.forward(pass, x).relu(); // [B,S,hidden]
    return output.forward(pass, dropout.forward(pass, h)); // [B,S,C]
  }
}
