// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of snippets when pseudo actions are made of them. */
final class ComparedSnippets {
  private ComparedSnippets() {}

  /**
   * Embedded features, as in the paper; or, where there is a classifier of snippets, their class
   * probabilities: as they are where pseudo actions follow them, and for medoids to a power below
   * 1, so that a snippet of low ones is still like its class, and one more column for what no class
   * takes: the rest of the largest to 1.
   *
   * @param embedded {@code [T,D']}
   * @param classes probabilities {@code [T,M]}; null without a classifier
   */
  static Tensor of(ApnConfig.Labels labels, Tensor embedded, @Nullable Tensor classes) {
    if (classes != null && labels.background() > 0) {
      return classes;
    }
    if (classes == null || !labels.byClasses()) {
      return embedded;
    }
    Tensor raised = classes.pow(labels.classPower());
    return raised.concat(1, List.of(raised.max(1, true).affine(-1, 1)));
  }
}
