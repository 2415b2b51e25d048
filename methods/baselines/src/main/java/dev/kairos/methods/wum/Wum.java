// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.wum;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.host.HostMethod;
import dev.kairos.methods.host.HostModel;
import dev.kairos.methods.host.HostTraining;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Presets;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import java.util.Map;

/** WUM as a method: one network over all streams. */
public final class Wum implements HostMethod {
  @Override
  public String name() {
    return "wum";
  }

  @Override
  public int rank() {
    return 13;
  }

  @Override
  public String summary() {
    return "WUM (AAAI 2021): long features for action, from labels of whole recordings";
  }

  @Override
  public Map<String, String> presets() {
    return Presets.load(Wum.class, "sbhar", "thumos-like", "thumos-like-quick");
  }

  /** As in Pilhyeon/WTAL-Uncertainty-Modeling. */
  @Override
  public Map<String, String> publishedWeights() {
    return Map.of(
        "conv.weight", "cas_module.conv.0.weight",
        "conv.bias", "cas_module.conv.0.bias",
        "classifier.weight", "cas_module.classifier.0.weight");
  }

  @Override
  public HostModel model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
    WumConfig config = WumConfig.from(settings);
    Parameters parameters = new Parameters(engine, key.child("weights"));
    int classes = data.classes().size();
    WumNetwork network = new WumNetwork(parameters, data.totalWidth(), classes, config);
    return HostModel.of(
        parameters,
        classes,
        (training, plan) ->
            HostTraining.bySteps(
                "wum",
                config.steps(),
                config.learningRate(),
                config.weightDecay(),
                plan,
                parameters,
                key,
                new WumTraining(config, network, training, engine)),
        new WumInference(config, network, engine, data.classes()));
  }
}
