// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.tensor.Engine;
import dev.kairos.tensor.TensorOps;
import java.util.Arrays;

/**
 * What single entries of one recording's class scores should be, and how much each counts: {@code
 * [S,C]} targets and weights. A row is one snippet. Filled group by group; the members of a group
 * share the group's weight.
 */
public final class SnippetTargets {
  private final int snippets;
  private final int classes;
  private final float[] targets;
  private final float[] weights;

  SnippetTargets(int snippets, int classes) {
    this.snippets = snippets;
    this.classes = classes;
    this.targets = new float[snippets * classes];
    this.weights = new float[snippets * classes];
  }

  /** The annotated classes of every snippet, each row with weight 1 / S. */
  public static SnippetTargets full(float[] labels, int snippets, int classes) {
    SnippetTargets full = new SnippetTargets(snippets, classes);
    System.arraycopy(labels, 0, full.targets, 0, labels.length);
    Arrays.fill(full.weights, 1f / snippets);
    return full;
  }

  int snippets() {
    return snippets;
  }

  int classes() {
    return classes;
  }

  /** Says what one entry should be; a later word replaces an earlier one. */
  void set(int snippet, int label, double target, double weight) {
    targets[snippet * classes + label] = (float) target;
    weights[snippet * classes + label] = (float) weight;
  }

  double target(int snippet, int label) {
    return targets[snippet * classes + label];
  }

  double weight(int snippet, int label) {
    return weights[snippet * classes + label];
  }

  /**
   * Binary cross-entropy of single entries, each with its weight, summed.
   *
   * @param logits {@code [.., S, C]}, as many numbers as there are entries
   */
  public <T extends TensorOps<T>> T loss(Engine engine, T logits) {
    int[] sizes = logits.shape().sizes();
    T wanted = logits.constant(engine.tensor(targets, sizes));
    T counts = logits.constant(engine.tensor(weights, sizes));
    return logits.softplus().subtract(wanted.multiply(logits)).multiply(counts).sum();
  }
}
