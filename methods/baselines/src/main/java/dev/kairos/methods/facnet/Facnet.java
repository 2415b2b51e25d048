// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.facnet;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.host.HostMethod;
import dev.kairos.methods.host.HostModel;
import dev.kairos.methods.host.HostTraining;
import dev.kairos.methods.host.StreamColumns;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.EpochOrder;
import dev.kairos.methods.training.Presets;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import java.util.LinkedHashMap;
import java.util.Map;

/** FAC-Net as a method: a network for each stream. */
public final class Facnet implements HostMethod {
  @Override
  public String name() {
    return "facnet";
  }

  @Override
  public int rank() {
    return 14;
  }

  @Override
  public String summary() {
    return "FAC-Net (ICCV 2021): foreground and classes agree, from labels of whole recordings";
  }

  @Override
  public Map<String, String> presets() {
    return Presets.load(Facnet.class, "sbhar", "thumos-like", "thumos-like-quick");
  }

  /** As in LeonHLJ/FAC-Net, which has a file for each stream. */
  @Override
  public Map<String, String> publishedWeights() {
    return Map.ofEntries(
        Map.entry("*.fc1.weight", "feature_embedding.process.0.weight"),
        Map.entry("*.fc1.bias", "feature_embedding.process.0.bias"),
        Map.entry("*.fc2.weight", "feature_embedding.process.3.weight"),
        Map.entry("*.fc2.bias", "feature_embedding.process.3.bias"),
        Map.entry("*.centres.classes", "ac_center"),
        Map.entry("*.centres.foreground", "fg_center"));
  }

  @Override
  public HostModel model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
    FacnetConfig config = FacnetConfig.from(settings, data.streams().size());
    Parameters parameters = new Parameters(engine, key.child("weights"));
    int actions = data.classes().size();
    Map<StreamColumns, FacnetNetwork> networks = new LinkedHashMap<>();
    for (StreamColumns stream : StreamColumns.each(data)) {
      networks.put(
          stream, new FacnetNetwork(parameters.at(stream.name()), stream.width(), actions, config));
    }
    return HostModel.of(
        parameters,
        actions + 1,
        (training, plan) -> {
          EpochOrder order =
              new EpochOrder(
                  training.size(), config.batch(), EpochOrder.Rest.CARRIED, key.child("order"));
          return HostTraining.byEpochs(
              name(),
              config.epochs(),
              config.learningRate(),
              config.adam(),
              plan,
              parameters,
              key,
              new FacnetTraining(config, networks, training, order, engine),
              order);
        },
        new FacnetInference(config, networks, engine, data.classes()));
  }
}
