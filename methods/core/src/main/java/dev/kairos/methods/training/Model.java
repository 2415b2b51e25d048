// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.localization.Localizer;
import dev.kairos.nn.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A method's networks with their weights: can be trained, and localises actions. */
public interface Model {
  /** A reason of {@link #undivided}. */
  String NO_SUM = "the loss of a batch is no sum over its recordings";

  /** All weights. */
  Parameters parameters();

  /**
   * The stages of its training, in order.
   *
   * @param data what may be learned from
   */
  List<Stage> stages(TrainingData data);

  /**
   * The stages after which the model can localise, in the order of {@link #stages(TrainingData)};
   * none for a model of a single stage that leaves no folder.
   */
  default List<String> stageNames() {
    return List.of();
  }

  /**
   * Why batches of its training cannot be cut into shards, see {@link TrainingTask#shards}; empty
   * where they can.
   */
  default Optional<String> undivided() {
    return Optional.of(NO_SUM);
  }

  /** What a training holds out to score where its settings do not say. */
  default HeldOutOptions heldOut() {
    return HeldOutOptions.never();
  }

  /** Localises with all that was trained. */
  Localizer localizer();

  /**
   * Localises with what has been trained up to the end of one of {@link #stageNames}.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  default Localizer localizer(String stage) {
    throw new IllegalArgumentException("localize: there is no stage " + stage);
  }

  /**
   * A model from its parts.
   *
   * @param parameters all weights
   * @param stages of its training, for some data
   * @param localizer with all that was trained
   */
  static Model of(
      Parameters parameters, Function<TrainingData, List<Stage>> stages, Localizer localizer) {
    return of(parameters, Optional.of(NO_SUM), stages, localizer);
  }

  /**
   * A model from its parts.
   *
   * @param parameters all weights
   * @param undivided why its batches cannot be cut into shards; empty where they can
   * @param stages of its training, for some data
   * @param localizer with all that was trained
   */
  static Model of(
      Parameters parameters,
      Optional<String> undivided,
      Function<TrainingData, List<Stage>> stages,
      Localizer localizer) {
    return new Model() {
      @Override
      public Parameters parameters() {
        return parameters;
      }

      @Override
      public Optional<String> undivided() {
        return undivided;
      }

      @Override
      public List<Stage> stages(TrainingData data) {
        return stages.apply(data);
      }

      @Override
      public Localizer localizer() {
        return localizer;
      }
    };
  }

  /**
   * A model of a single stage that leaves a folder, from its parts: one can go back to its end by
   * name, which is the end of all.
   *
   * @param stage its name
   * @param parameters all weights
   * @param stages that one stage, for some data
   * @param localizer with all that was trained
   */
  static Model ofStage(
      String stage,
      Parameters parameters,
      Function<TrainingData, Stage> stages,
      Localizer localizer) {
    return new Model() {
      @Override
      public Parameters parameters() {
        return parameters;
      }

      @Override
      public List<Stage> stages(TrainingData data) {
        return List.of(stages.apply(data));
      }

      @Override
      public List<String> stageNames() {
        return List.of(stage);
      }

      @Override
      public Localizer localizer() {
        return localizer;
      }

      @Override
      public Localizer localizer(String name) {
        return name.equals(stage) ? localizer : Model.super.localizer(name);
      }
    };
  }
}
