// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.host.HostModel;
import dev.kairos.methods.host.HostTraining;
import dev.kairos.methods.host.InstanceSource;
import dev.kairos.methods.host.LabelPlan;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.training.EpochOrder;
import dev.kairos.methods.training.HeldOut;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.optim.Adam;
import dev.kairos.tensor.Engine;

/** RSKP's network and its weights. */
final class RskpModel implements HostModel {
  private static final Adam.Options ADAM = new Adam.Options(0.9, 0.99, 1e-8, 0, false);

  private final RskpConfig config;
  private final Engine engine;
  private final RandomKey key;
  private final Parameters parameters;
  private final RskpNetwork network;
  private final RskpInference inference;
  private final int channels;

  RskpModel(RskpConfig config, DatasetDescription data, Engine engine, RandomKey key) {
    this.config = config;
    this.engine = engine;
    this.key = key;
    this.parameters = new Parameters(engine, key.child("weights"));
    int actions = data.classes().size();
    this.channels = actions + 1;
    this.network = new RskpNetwork(parameters, data.totalWidth(), actions, config.network());
    this.inference = new RskpInference(config.inference(), network, engine, data.classes());
  }

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
    return HeldOut.of(config.heldOut(), data, key);
  }

  @Override
  public HostTraining training(TrainingData data, LabelPlan plan) {
    EpochOrder order =
        new EpochOrder(data.size(), config.batch(), EpochOrder.Rest.CARRIED, key.child("order"));
    return new HostTraining(
        "rskp",
        config.epochs(),
        step -> rate(plan, order.position(step).epoch()),
        ADAM.withWeightDecay(config.weightDecay()),
        parameters,
        key,
        new RskpTask(config, network, data, engine, order, plan),
        order);
  }

  private double rate(LabelPlan plan, long epoch) {
    return config.learningRate() * plan.rateFactor(epoch, config.epochs());
  }

  @Override
  public InstanceSource instances() {
    return inference;
  }

  @Override
  public Localizer localizer() {
    return inference;
  }
}
