// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.host;

import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.training.HeldOut;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.Parameters;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The networks of a host, trained in one stage. */
public interface HostModel extends Model {
  /** Channels of the logits: C, or C + 1 with background last. */
  int channels();

  /** What is not learned from but scored, and when. */
  HeldOut heldOut(TrainingData data);

  /**
   * Its own training.
   *
   * @param data to learn from
   * @param plan what the labels that it learns too change in it
   */
  HostTraining training(TrainingData data, LabelPlan plan);

  /** Finds the instances that labels are made of, by the weights as they are. */
  InstanceSource instances();

  @Override
  default List<Stage> stages(TrainingData data) {
    HeldOut heldOut = heldOut(data);
    HostTraining training = training(heldOut.training(), LabelPlan.NONE);
    return List.of(
        training.watched(training.stage(training.name(), training.task()), heldOut, localizer()));
  }

  /**
   * A host from its parts.
   *
   * @param parameters all weights
   * @param channels of the logits
   * @param heldOut of some data
   * @param training on some data
   * @param inference localises, and finds instances
   */
  static <I extends Localizer & InstanceSource> HostModel of(
      Parameters parameters,
      int channels,
      Function<TrainingData, HeldOut> heldOut,
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
      public HeldOut heldOut(TrainingData data) {
        return heldOut.apply(data);
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
