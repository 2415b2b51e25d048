// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.basnet;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.GradientStep;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.optim.Adam;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.tensor.Engine;
import java.util.LinkedHashMap;
import java.util.Map;

/** The one training of BaS-Net: random batches, Adam at a constant rate. */
final class BasnetTraining implements Stage {
  private final BasnetConfig config;
  private final BasnetModel network;
  private final TrainingData data;
  private final Engine engine;
  private final RandomKey key;
  private final Adam adam;

  BasnetTraining(
      BasnetConfig config,
      BasnetModel network,
      Parameters parameters,
      TrainingData data,
      RandomKey key) {
    this.config = config;
    this.network = network;
    this.data = data;
    this.engine = parameters.engine();
    this.key = key;
    this.adam = new Adam(parameters, Adam.Options.defaults().withWeightDecay(config.weightDecay()));
  }

  @Override
  public String name() {
    return "basnet";
  }

  @Override
  public long steps() {
    return config.steps();
  }

  @Override
  public Optimizer optimizer() {
    return adam;
  }

  @Override
  public Step prepare(long step) {
    RandomKey drawn = key.child("batch").child(step);
    Batch batch = Batch.random(data, config.batch(), config.segments(), drawn);
    return () -> train(step, batch);
  }

  private Map<String, Double> train(long step, Batch batch) {
    return GradientStep.run(
        engine,
        name(),
        step,
        key.child("dropout").child(step),
        adam,
        config.learningRate(),
        pass -> {
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
        });
  }
}
