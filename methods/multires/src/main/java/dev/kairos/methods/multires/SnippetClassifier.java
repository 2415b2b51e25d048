// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.nn.Pass;
import dev.kairos.tensor.Shape;
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
   * @param stride row t looks at time around snippet {@code t * stride} and, in the CAS, speaks for
   *     the snippets from there up to the next row's
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
   * The CAS of all branches together: the mean of their probabilities, each row of a branch
   * repeated for the snippets it speaks for.
   *
   * @param snippets S
   * @return {@code [B,S,K]}, rows sum to 1
   */
  static <T extends TensorOps<T>> T cas(List<Branch<T>> branches, int snippets) {
    T sum = upsample(branches.get(0), snippets);
    for (Branch<T> branch : branches.subList(1, branches.size())) {
      sum = sum.add(upsample(branch, snippets));
    }
    return branches.size() == 1 ? sum : sum.multiply(1.0 / branches.size());
  }

  /**
   * The probabilities of one branch at every snippet: row {@code floor(t / stride)} at snippet t;
   * the last row's block is cut where it passes the end.
   *
   * @param snippets S
   * @return {@code [B,S,K]}
   */
  static <T extends TensorOps<T>> T upsample(Branch<T> branch, int snippets) {
    T low = branch.logits().softmax(); // [B,T',K]
    Shape shape = low.shape();
    int batch = shape.size(0);
    int rows = shape.size(1);
    int channels = shape.size(2);
    return low.reshape(batch, rows, 1, channels)
        .broadcastTo(Shape.of(batch, rows, branch.stride(), channels))
        .reshape(batch, rows * branch.stride(), channels)
        .narrow(1, 0, snippets);
  }
}
