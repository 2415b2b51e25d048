// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.host;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.EpochOrder;
import dev.kairos.methods.training.GradientStage;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingTask;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.optim.Adam;
import dev.kairos.nn.optim.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host's own training.
 *
 * @param name of its stage
 * @param length epochs where it has an order, else steps
 * @param rate the learning rate of each step
 * @param adam constants of the optimiser
 * @param parameters the weights that are trained
 * @param key of the stage; batches and dropout follow it
 * @param task gives batches, losses and scores
 * @param order which recordings a step takes, null for a training without epochs
 */
public record HostTraining(
    String name,
    long length,
    Schedule rate,
    Adam.Options adam,
    Parameters parameters,
    RandomKey key,
    HostTask task,
    @Nullable EpochOrder order) {

  /**
   * A training that counts steps, by Adam at a constant rate where the plan does not change it.
   *
   * @param plan what the labels that it learns too change
   */
  public static HostTraining bySteps(
      String name,
      long steps,
      double rate,
      double weightDecay,
      LabelPlan plan,
      Parameters parameters,
      RandomKey key,
      HostTask task) {
    return new HostTraining(
        name,
        steps,
        step -> rate * plan.rateFactor(step, steps),
        Adam.Options.defaults().withWeightDecay(weightDecay),
        parameters,
        key,
        task,
        null);
  }

  /**
   * A training that counts epochs, by Adam at a constant rate where the plan does not change it.
   *
   * @param order which recordings a step takes
   * @param plan what the labels that it learns too change
   */
  public static HostTraining byEpochs(
      String name,
      long epochs,
      double rate,
      Adam.Options adam,
      LabelPlan plan,
      Parameters parameters,
      RandomKey key,
      HostTask task,
      EpochOrder order) {
    return new HostTraining(
        name,
        epochs,
        step -> rate * plan.rateFactor(order.position(step).epoch(), epochs),
        adam,
        parameters,
        key,
        task,
        order);
  }

  /** Steps in all. */
  public long steps() {
    return order == null ? length : order.steps(length);
  }

  /** How many of {@link #length} are done before a step. */
  public long done(long step) {
    return order == null ? step : order.position(step).epoch();
  }

  /**
   * A stage of this training.
   *
   * @param stageName its name in progress lines and metrics
   * @param with its own task or one around it
   */
  public Stage stage(String stageName, TrainingTask<List<Batch>> with) {
    return new GradientStage<>(
        stageName, steps(), rate, new Adam(parameters, adam), parameters.engine(), key, with);
  }
}
