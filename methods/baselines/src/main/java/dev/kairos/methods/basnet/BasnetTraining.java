// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.basnet;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.backbone.BasnetLosses;
import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.GradientStage;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingTask;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Schedule;
import dev.kairos.tensor.Engine;
import java.util.LinkedHashMap;
import java.util.Map;

/** The one training of BaS-Net: random batches, Adam at a constant rate. */
final class BasnetTraining implements TrainingTask<Batch> {
  private final BasnetConfig config;
  private final BasnetModel network;
  private final TrainingData data;
  private final Engine engine;

  private BasnetTraining(
      BasnetConfig config, BasnetModel network, TrainingData data, Engine engine) {
    this.config = config;
    this.network = network;
    this.data = data;
    this.engine = engine;
  }

  static Stage of(
      BasnetConfig config,
      BasnetModel network,
      Parameters parameters,
      TrainingData data,
      RandomKey key) {
    return GradientStage.withAdam(
        "basnet",
        config.steps(),
        Schedule.constant(config.learningRate()),
        config.weightDecay(),
        parameters,
        key,
        new BasnetTraining(config, network, data, parameters.engine()));
  }

  @Override
  public Batch draw(StepPosition at, RandomKey key) {
    return Batch.random(data, config.batch(), config.segments(), key);
  }

  @Override
  public void release(Batch batch) {
    batch.release();
  }

  @Override
  public Map<String, Variable> losses(TrainingPass pass, Batch batch) {
    Variable x = pass.constant(batch.features(engine));
    Variable labels = pass.constant(batch.labels(engine));
    BasnetLosses.Parts<Variable> parts =
        BasnetLosses.of(network.forward(pass, x), labels, config.topK(), config.normWeight());
    Map<String, Variable> losses = new LinkedHashMap<>();
    losses.put("loss", parts.total());
    losses.put("loss_base", parts.base());
    losses.put("loss_suppression", parts.suppression());
    losses.put("norm", parts.norm());
    return losses;
  }
}
