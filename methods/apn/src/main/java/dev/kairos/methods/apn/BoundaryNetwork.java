// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.layer.Conv1d;
import dev.kairos.tensor.TensorOps;

/**
 * How likely an action begins or ends at each snippet: three convolutions, of which two look at
 * three snippets, and a sigmoid.
 *
 * <p>Source: the paper's boundary detection module; layers as in BSN, ECCV 2018.
 */
final class BoundaryNetwork {
  /** Channels of the output: start, end. */
  static final int CHANNELS = 2;

  private final Conv1d first;
  private final Conv1d second;
  private final Conv1d last;

  /**
   * A network with fresh weights.
   *
   * @param width D' of its input
   * @param hidden channels between its layers
   */
  BoundaryNetwork(Parameters parameters, int width, int hidden) {
    this.first = Conv1d.same(parameters.at("conv1"), width, hidden, 3);
    this.second = Conv1d.same(parameters.at("conv2"), hidden, hidden, 3);
    this.last = Conv1d.pointwise(parameters.at("conv3"), hidden, CHANNELS, true);
  }

  /**
   * The probabilities.
   *
   * @param x embedded features of joined recordings {@code [1,rows,D']}, zeros between them
   * @param mask of {@link JoinedRecordings}
   * @return {@code [1,rows,2]}
   */
  <T extends TensorOps<T>> T forward(Pass<T> pass, T x, T mask) {
    T h = first.forward(pass, x).relu().multiply(mask);
    return last.forward(pass, second.forward(pass, h).relu()).sigmoid();
  }
}
