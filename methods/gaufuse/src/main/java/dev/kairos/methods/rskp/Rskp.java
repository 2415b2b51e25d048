// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.host.HostMethod;
import dev.kairos.methods.host.HostModel;
import dev.kairos.methods.host.HostTraining;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.EpochOrder;
import dev.kairos.methods.training.HeldOutOptions;
import dev.kairos.methods.training.Presets;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.optim.Adam;
import dev.kairos.tensor.Engine;
import java.util.Map;

/** RSKP as a method: one network over all streams. */
public final class Rskp implements HostMethod {
  private static final Adam.Options ADAM = new Adam.Options(0.9, 0.99, 1e-8, 0, false);

  @Override
  public String name() {
    return "rskp";
  }

  @Override
  public int rank() {
    return 30;
  }

  @Override
  public String summary() {
    return "RSKP (CVPR 2022): representative snippets, from labels of whole recordings";
  }

  @Override
  public Map<String, String> presets() {
    return Presets.load(
        Rskp.class,
        "thumos14",
        "activitynet13",
        "sbhar",
        "sbhar-published",
        "thumos-like",
        "thumos-like-quick");
  }

  /** As in LeonHLJ/RSKP. */
  @Override
  public Map<String, String> publishedWeights() {
    return Map.of(
        "embed.weight", "feature_embedding.0.weight",
        "embed.bias", "feature_embedding.0.bias",
        "representatives", "mu",
        "centres.classes", "ac_center",
        "centres.foreground", "fg_center");
  }

  @Override
  public HostModel model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
    RskpConfig config = RskpConfig.from(settings);
    Parameters parameters = new Parameters(engine, key.child("weights"));
    int classes = data.classes().size();
    RskpNetwork network = new RskpNetwork(parameters, data.totalWidth(), classes, config.network());
    return HostModel.of(
        parameters,
        classes + 1,
        HeldOutOptions.every(5),
        (training, plan) -> {
          EpochOrder order =
              new EpochOrder(
                  training.size(), config.batch(), EpochOrder.Rest.CARRIED, key.child("order"));
          return HostTraining.byEpochs(
              name(),
              config.epochs(),
              config.learningRate(),
              ADAM.withWeightDecay(config.weightDecay()),
              plan,
              parameters,
              key,
              new RskpTask(config, network, training, engine, order, plan),
              order);
        },
        new RskpInference(config.inference(), network, engine, data.classes()));
  }
}
