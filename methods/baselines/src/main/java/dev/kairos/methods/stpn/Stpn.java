// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.stpn;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.host.HostMethod;
import dev.kairos.methods.host.HostModel;
import dev.kairos.methods.host.HostTraining;
import dev.kairos.methods.host.StreamColumns;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Presets;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** STPN as a method, by default with an embedding in front. */
public final class Stpn implements HostMethod {
  @Override
  public String name() {
    return "stpn";
  }

  @Override
  public int rank() {
    return 11;
  }

  @Override
  public String summary() {
    return "STPN (CVPR 2018): sparse attention, from labels of whole recordings";
  }

  @Override
  public Map<String, String> presets() {
    return Presets.load(Stpn.class, "sbhar", "thumos-like", "thumos-like-quick");
  }

  @Override
  public HostModel model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
    StpnConfig config = StpnConfig.from(settings);
    Parameters parameters = new Parameters(engine, key.child("weights"));
    int classes = data.classes().size();
    List<StreamColumns> streams =
        switch (config.streams()) {
          case JOINT -> List.of(StreamColumns.joint(data));
          case APART -> StreamColumns.each(data);
        };
    Map<StreamColumns, StpnNetwork> networks = new LinkedHashMap<>();
    for (StreamColumns stream : streams) {
      networks.put(
          stream, new StpnNetwork(parameters.at(stream.name()), stream.width(), classes, config));
    }
    return HostModel.of(
        parameters,
        classes,
        (training, plan) ->
            HostTraining.bySteps(
                "stpn",
                config.steps(),
                config.learningRate(),
                config.weightDecay(),
                plan,
                parameters,
                key,
                new StpnTraining(config, networks, training, engine)),
        new StpnInference(config, networks, engine, data.classes()));
  }
}
