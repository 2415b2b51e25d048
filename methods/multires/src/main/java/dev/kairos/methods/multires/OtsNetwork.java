// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.layer.Conv1d;
import dev.kairos.nn.layer.Dropout;
import dev.kairos.tensor.TensorOps;
import java.util.List;

/** Network-OTS: two convolutions at the original temporal scale, then a classifier. */
final class OtsNetwork implements SnippetClassifier {
  private final Conv1d conv1;
  private final Conv1d conv2;
  private final Conv1d classifier;
  private final Dropout dropout;
  private final double leak;

  /**
   * A network with fresh weights.
   *
   * @param parameters the part of the tree it owns
   * @param width values per snippet D
   * @param classes C
   * @param hidden width of both hidden layers
   * @param leak slope of their activation below 0
   * @param dropout before the classifier
   */
  public OtsNetwork(
      Parameters parameters, int width, int classes, int hidden, double leak, double dropout) {
    this.conv1 = Conv1d.same(parameters.at("conv1"), width, hidden, 3);
    this.conv2 = Conv1d.same(parameters.at("conv2"), hidden, hidden, 3);
    this.classifier = Conv1d.pointwise(parameters.at("cls"), hidden, classes + 1, true);
    this.dropout = new Dropout(dropout);
    this.leak = leak;
  }

  @Override
  public List<Integer> strides() {
    return List.of(1);
  }

  @Override
  public <T extends TensorOps<T>> List<Branch<T>> forward(Pass<T> pass, T x) {
    T h = conv1.forward(pass, x).leakyRelu(leak); // [B,S,hidden]
    h = conv2.forward(pass, h).leakyRelu(leak); // [B,S,hidden]
    h = dropout.forward(pass, h);
    return List.of(new Branch<>(classifier.forward(pass, h), 1)); // [B,S,K]
  }
}
