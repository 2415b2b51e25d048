// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.basnet;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.host.HostMethod;
import dev.kairos.methods.host.HostModel;
import dev.kairos.methods.host.HostTraining;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Presets;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import java.util.Map;

/** BaS-Net as a method: one early-fused network over all streams. */
public final class Basnet implements HostMethod {
  @Override
  public String name() {
    return "basnet";
  }

  @Override
  public int rank() {
    return 10;
  }

  @Override
  public String summary() {
    return "BaS-Net (AAAI 2020): background suppression, from labels of whole recordings";
  }

  @Override
  public Map<String, String> presets() {
    return Presets.load(Basnet.class, "sbhar", "thumos-like", "thumos-like-quick");
  }

  /** As in Pilhyeon/BaSNet-pytorch. */
  @Override
  public Map<String, String> publishedWeights() {
    return Map.ofEntries(
        Map.entry("filter.conv1.weight", "filter_module.conv_1.0.weight"),
        Map.entry("filter.conv1.bias", "filter_module.conv_1.0.bias"),
        Map.entry("filter.conv2.weight", "filter_module.conv_2.0.weight"),
        Map.entry("filter.conv2.bias", "filter_module.conv_2.0.bias"),
        Map.entry("cas.conv1.weight", "cas_module.conv_1.0.weight"),
        Map.entry("cas.conv1.bias", "cas_module.conv_1.0.bias"),
        Map.entry("cas.conv2.weight", "cas_module.conv_2.0.weight"),
        Map.entry("cas.conv2.bias", "cas_module.conv_2.0.bias"),
        Map.entry("cas.conv3.weight", "cas_module.conv_3.0.weight"));
  }

  @Override
  public HostModel model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
    BasnetConfig config = BasnetConfig.from(settings);
    Parameters parameters = new Parameters(engine, key.child("weights"));
    BasnetModel network =
        new BasnetModel(
            parameters,
            data.totalWidth(),
            data.classes().size(),
            config.filterHidden(),
            config.hidden(),
            config.dropout());
    return HostModel.of(
        parameters,
        data.classes().size() + 1,
        (training, plan) ->
            HostTraining.bySteps(
                "basnet",
                config.steps(),
                config.learningRate(),
                config.weightDecay(),
                plan,
                parameters,
                key,
                new BasnetTraining(
                    config, network, training, config.order(training.size(), key), engine)),
        new BasnetInference(config, network, engine, data.classes()));
  }
}
