// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.layer.Conv1d;
import dev.kairos.nn.layer.Dropout;
import dev.kairos.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Network-RTS: a common stem, then M branches of which branch m halves time m times, each with its
 * own convolutions and classifier. A convolution of kernel 3, stride 2 and padding 1 takes T rows
 * to {@code ceil(T/2)}, output t centred on input {@code 2t}; so row t of branch m is centred on
 * snippet {@code t * 2^m}, which always exists.
 */
final class RtsNetwork implements SnippetClassifier {
  private final Conv1d stem;
  private final List<List<Conv1d>> branches = new ArrayList<>();
  private final List<Conv1d> classifiers = new ArrayList<>();
  private final Dropout dropout;
  private final double leak;

  /**
   * A network with fresh weights.
   *
   * @param parameters the part of the tree it owns
   * @param width values per snippet D
   * @param classes C
   * @param hidden width of all hidden layers
   * @param scales M, at least 1
   * @param leak slope of their activation below 0
   * @param dropout before each classifier
   */
  public RtsNetwork(
      Parameters parameters,
      int width,
      int classes,
      int hidden,
      int scales,
      double leak,
      double dropout) {
    if (scales < 1 || scales > 30) {
      throw new IllegalArgumentException("rts: scales must be in [1, 30]: " + scales);
    }
    this.stem = Conv1d.same(parameters.at("stem"), width, hidden, 3);
    for (int m = 0; m < scales; m++) {
      Parameters own = parameters.at("branch").at(Integer.toString(m));
      List<Conv1d> branch = new ArrayList<>();
      for (int i = 0; i <= m; i++) {
        branch.add(new Conv1d(own.at(Integer.toString(i)), hidden, hidden, 3, 2, 1, true));
      }
      branches.add(branch);
      classifiers.add(
          Conv1d.pointwise(
              parameters.at("cls").at(Integer.toString(m)), hidden, classes + 1, true));
    }
    this.dropout = new Dropout(dropout);
    this.leak = leak;
  }

  @Override
  public List<Integer> strides() {
    return IntStream.range(0, branches.size()).mapToObj(RtsNetwork::stride).toList();
  }

  private static int stride(int branch) {
    return 2 << branch;
  }

  @Override
  public <T extends TensorOps<T>> List<Branch<T>> forward(Pass<T> pass, T x) {
    T common = stem.forward(pass, x).leakyRelu(leak); // [B,S,hidden]
    List<Branch<T>> out = new ArrayList<>();
    for (int m = 0; m < branches.size(); m++) {
      T h = common;
      for (Conv1d halve : branches.get(m)) {
        h = halve.forward(pass, h).leakyRelu(leak);
      }
      h = dropout.forward(pass, h); // [B,ceil(S/2^(m+1)),hidden]
      out.add(new Branch<>(classifiers.get(m).forward(pass, h), stride(m))); // [B,..,K]
    }
    return out;
  }
}
