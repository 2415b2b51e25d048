// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.host;

import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.training.HeldOutOptions;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The networks of a host, trained in one stage. */
public interface HostModel extends Model {
  /** Channels of the logits: C, or C + 1 with background last. */
  int channels();

  /**
   * Its own training.
   *
   * @param data to learn from
   * @param plan what the labels that it learns too change in it
   */
  HostTraining training(TrainingData data, LabelPlan plan);

  /** Finds the instances that labels are made of, by the weights as they are. */
  InstanceSource instances();

  /** Losses of hosts are sums or means over recordings, and so is the loss of labels. */
  @Override
  default Optional<String> undivided() {
    return Optional.empty();
  }

  @Override
  default List<Stage> stages(TrainingData data) {
    HostTraining training = training(data, LabelPlan.NONE);
    return List.of(training.stage(training.name(), training.task()));
  }

  /**
   * A host from its parts, which holds nothing out where settings do not say so.
   *
   * @param parameters all weights
   * @param channels of the logits
   * @param training on some data
   * @param inference localises, and finds instances
   */
  static <I extends Localizer & InstanceSource> HostModel of(
      Parameters parameters,
      int channels,
      BiFunction<TrainingData, LabelPlan, HostTraining> training,
      I inference) {
    return of(parameters, channels, HeldOutOptions.never(), training, inference);
  }

  /**
   * A host from its parts.
   *
   * @param parameters all weights
   * @param channels of the logits
   * @param heldOut what is held out where settings do not say
   * @param training on some data
   * @param inference localises, and finds instances
   */
  static <I extends Localizer & InstanceSource> HostModel of(
      Parameters parameters,
      int channels,
      HeldOutOptions heldOut,
      BiFunction<TrainingData, LabelPlan, HostTraining> training,
      I inference) {
    return new HostModel() {
      @Override
      public Parameters parameters() {
        return parameters;
      }

      @Override
      public int channels() {
        return channels;
      }

      @Override
      public HeldOutOptions heldOut() {
        return heldOut;
      }

      @Override
      public HostTraining training(TrainingData data, LabelPlan plan) {
        return training.apply(data, plan);
      }

      @Override
      public Localizer localizer() {
        return inference;
      }

      @Override
      public InstanceSource instances() {
        return inference;
      }
    };
  }
}
