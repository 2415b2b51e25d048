// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.methods.multires.SnippetClassifier.Branch;
import dev.kairos.methods.pseudolabel.PseudoLabels;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss over selected snippets: {@code -1/N_in sum log softmax(logits_t)[label_t]} over the rows
 * t of a branch that have a label, and the mean of the branches. Without any selected snippet a
 * loss is 0. The papers' formulas lack the minus sign.
 *
 * @param mean what the loss is a mean of
 * @param low which label a row of a branch learns
 */
record PtlrLosses(SelectedMean mean, LowResolution low) {
  /**
   * The parts and their mean.
   *
   * @param branches the loss of each branch
   * @param total {@code 1/M} of their sum, branches without a selected row included in M
   */
  public record Parts<T>(List<T> branches, T total) {}

  /**
   * Computes the losses.
   *
   * @param branches of a network, on B recordings of S snippets
   * @param labels {@code [B][S]}: class, background C, or {@link PseudoLabels#NONE}
   */
  public <T extends TensorOps<T>> Parts<T> of(
      Engine engine, List<Branch<T>> branches, int[][] labels) {
    List<T> parts = new ArrayList<>();
    for (Branch<T> branch : branches) {
      T logits = branch.logits(); // [B,T',K]
      double[] shares = shares(branch, labels);
      T weights = logits.constant(engine.tensor(shares, logits.shape().sizes())); // [B,T',K]
      parts.add(logits.logSoftmax().multiply(weights).sum().negate());
    }
    T total = parts.get(0);
    for (T part : parts.subList(1, parts.size())) {
      total = total.add(part);
    }
    return new Parts<>(parts, parts.size() == 1 ? total : total.multiply(1.0 / parts.size()));
  }

  /** How much each log-probability counts: {@code [B,T',K]}, one or no entry in a row. */
  private double[] shares(Branch<?> branch, int[][] labels) {
    TensorOps<?> logits = (TensorOps<?>) branch.logits();
    int rows = logits.shape().size(1);
    int channels = logits.shape().size(2);
    if (logits.shape().size(0) != labels.length) {
      throw new ShapeException(
          "selected loss: labels of " + labels.length + " recordings for logits " + logits.shape());
    }
    int[][] own = new int[labels.length][];
    int pooled = 0;
    for (int b = 0; b < own.length; b++) {
      own[b] = low.rows(labels[b], branch.stride());
      pooled += labelled(own[b]);
    }
    double[] shares = new double[labels.length * rows * channels];
    for (int b = 0; b < own.length; b++) {
      double share =
          mean == SelectedMean.BATCH ? 1.0 / pooled : 1.0 / own.length / labelled(own[b]);
      for (int t = 0; t < rows; t++) {
        if (own[b][t] >= 0) {
          shares[(b * rows + t) * channels + own[b][t]] = share;
        }
      }
    }
    return shares;
  }

  /**
   * How many rows of a branch have a label.
   *
   * @param labels of the snippets of a recording, {@code [S]}
   * @param stride snippets from one row to the next
   */
  public int selected(int[] labels, int stride) {
    return labelled(low.rows(labels, stride));
  }

  private static int labelled(int[] rows) {
    int count = 0;
    for (int label : rows) {
      count += label >= 0 ? 1 : 0;
    }
    return count;
  }
}
