// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.methods.multires.SnippetClassifier.Branch;
import dev.kairos.methods.pseudolabel.PseudoLabels;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;

/**
 * How the rows of a branch at a reduced scale and the snippets of a recording are paired: which
 * label a row learns, and what it then says of which snippet. Row r has the block of {@code stride}
 * snippets from {@code r * stride} on, the last one cut where it passes the end.
 *
 * <p>The two go together. Of a block's first label every row learns what is true at {@code r *
 * stride}; repeated over the block that is said {@code (stride - 1) / 2} snippets late on average,
 * and networks that learn from each other add it up. Either the label or the way back has to mean
 * the middle of the block.
 *
 * @param labels which label of its block a row learns
 * @param upsampling what is said between the rows
 */
record LowResolution(RowLabel labels, Upsampling upsampling) {
  /** The paper's: the first label, repeated. */
  static final LowResolution DEFAULT = new LowResolution(RowLabel.FIRST, Upsampling.REPEAT);

  /** Which label of its block a row learns. */
  enum RowLabel {
    /** The first snippet's, on which the row's convolutions are centred. */
    FIRST,
    /** The last snippet's: the paper's formula if it counts from 1. */
    LAST,
    /**
     * The most frequent label, of equals the one that comes first. Snippets without a label have no
     * vote; a block without any label has none.
     */
    MAJORITY
  }

  /** What is said between the rows. */
  enum Upsampling {
    /** A row's probabilities for its whole block. */
    REPEAT,
    /**
     * The line between the probabilities of neighbouring rows, each at the snippet that its label
     * stood for: the first or last of its block, or the middle of a whole block. Beyond the
     * outermost rows theirs.
     */
    LINEAR
  }

  /**
   * The labels of the rows of a branch.
   *
   * @param snippets labels {@code [S]}: class, background C, or {@link PseudoLabels#NONE}
   * @param stride snippets a row
   * @return {@code [ceil(S/stride)]}
   */
  int[] rows(int[] snippets, int stride) {
    int[] rows = new int[(snippets.length + stride - 1) / stride];
    for (int r = 0; r < rows.length; r++) {
      int from = r * stride;
      int to = Math.min(snippets.length, from + stride);
      rows[r] =
          switch (labels) {
            case FIRST -> snippets[from];
            case LAST -> snippets[to - 1];
            case MAJORITY -> mostFrequent(snippets, from, to);
          };
    }
    return rows;
  }

  private static int mostFrequent(int[] labels, int from, int to) {
    int best = PseudoLabels.NONE;
    int most = 0;
    for (int t = from; t < to; t++) {
      int votes = 0;
      for (int other = t; other < to; other++) { // counts a label in full where it comes first
        votes += labels[other] == labels[t] ? 1 : 0;
      }
      if (labels[t] >= 0 && votes > most) {
        best = labels[t];
        most = votes;
      }
    }
    return best;
  }

  /**
   * The probabilities of one branch at every snippet.
   *
   * @param snippets S
   * @return {@code [B,S,K]}, rows sum to 1
   */
  Tensor upsample(Branch<Tensor> branch, int snippets) {
    Tensor low = branch.logits().softmax(); // [B,T',K]
    return switch (upsampling) {
      case REPEAT -> repeated(low, branch.stride(), snippets);
      case LINEAR ->
          TimeResampling.linear(low.engine(), low, places(low, branch.stride(), snippets));
    };
  }

  private static Tensor repeated(Tensor low, int stride, int snippets) {
    Shape shape = low.shape();
    int batch = shape.size(0);
    int rows = shape.size(1);
    int channels = shape.size(2);
    return low.reshape(batch, rows, 1, channels)
        .broadcastTo(Shape.of(batch, rows, stride, channels))
        .reshape(batch, rows * stride, channels)
        .narrow(1, 0, snippets);
  }

  /** Where each snippet lies among the rows. */
  private double[] places(Tensor low, int stride, int snippets) {
    int last = low.shape().size(1) - 1;
    double own =
        switch (labels) {
          case FIRST -> 0;
          case LAST -> stride - 1;
          case MAJORITY -> (stride - 1) / 2.0;
        };
    double[] places = new double[snippets];
    for (int t = 0; t < snippets; t++) {
      places[t] = Math.max(0, Math.min(last, (t - own) / stride));
    }
    return places;
  }
}
