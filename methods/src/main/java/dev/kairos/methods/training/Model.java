// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.nn.Parameters;
import java.util.List;

/** A method's networks with their weights: can be trained, and localises actions. */
public interface Model {
  /** All weights. */
  Parameters parameters();

  /**
   * The trainings it goes through, in order.
   *
   * @param data what may be learned from
   */
  List<Stage> stages(TrainingData data);

  /**
   * Localises actions in one recording. Opens no scope of its own around the result.
   *
   * @param features all streams joined, {@code [T, D]}
   * @param grid how the T snippets lie in time
   */
  Localization localize(FeatureSequence features, SnippetGrid grid);
}
