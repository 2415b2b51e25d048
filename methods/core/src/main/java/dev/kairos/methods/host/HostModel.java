// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.host;

import dev.kairos.methods.training.HeldOut;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import java.util.List;

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
}
