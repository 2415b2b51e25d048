// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.nn.Parameters;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

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
   * The names of the trainings after each of which it can localise, in order and as {@link
   * #stages(TrainingData)} has them; none for a model of a single training.
   */
  default List<String> stageNames() {
    return List.of();
  }

  /**
   * Localises with what has been trained up to the end of one of {@link #stageNames}.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  default Localization localize(String stage, FeatureSequence features, SnippetGrid grid) {
    throw new IllegalArgumentException("localize: there is no training " + stage);
  }

  /**
   * Localises actions in one recording with all that was trained. Opens no scope of its own around
   * the result.
   *
   * @param features all streams joined, {@code [T, D]}
   * @param grid how the T snippets lie in time
   */
  Localization localize(FeatureSequence features, SnippetGrid grid);

  /**
   * A model from its parts.
   *
   * @param parameters all weights
   * @param stages the trainings for some data
   * @param localize from features and their grid to detections
   */
  static Model of(
      Parameters parameters,
      Function<TrainingData, List<Stage>> stages,
      BiFunction<FeatureSequence, SnippetGrid, Localization> localize) {
    return new Model() {
      @Override
      public Parameters parameters() {
        return parameters;
      }

      @Override
      public List<Stage> stages(TrainingData data) {
        return stages.apply(data);
      }

      @Override
      public Localization localize(FeatureSequence features, SnippetGrid grid) {
        return localize.apply(features, grid);
      }
    };
  }
}
