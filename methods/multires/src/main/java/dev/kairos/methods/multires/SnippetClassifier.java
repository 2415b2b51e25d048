// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.nn.Pass;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;
import java.util.List;

/**
 * A network of label refinement: it says of every snippet which of K classes it shows, from one or
 * more branches that look at time at different scales (section III-C of the paper). Background is
 * the last of the K channels.
 */
sealed interface SnippetClassifier permits OtsNetwork, RtsNetwork {
  /**
   * What a branch says.
   *
   * @param logits {@code [B,ceil(S/stride),K]}
   * @param stride row t looks at time around snippet {@code t * stride}; what it learns and says of
   *     the snippets from there up to the next row's is {@link LowResolution}
   */
  record Branch<T>(T logits, int stride) {}

  /**
   * All branches on some features.
   *
   * @param x {@code [B,S,D]}
   */
  <T extends TensorOps<T>> List<Branch<T>> forward(Pass<T> pass, T x);

  /** The stride of each branch. */
  List<Integer> strides();

  /**
   * The CAS of all branches together: the mean of their probabilities at every snippet.
   *
   * @param snippets S
   * @param low what the rows of a branch say of the snippets
   * @return {@code [B,S,K]}, rows sum to 1
   */
  static Tensor cas(List<Branch<Tensor>> branches, int snippets, LowResolution low) {
    Tensor sum = low.upsample(branches.get(0), snippets);
    for (Branch<Tensor> branch : branches.subList(1, branches.size())) {
      sum = sum.add(low.upsample(branch, snippets));
    }
    return branches.size() == 1 ? sum : sum.multiply(1.0 / branches.size());
  }
}
