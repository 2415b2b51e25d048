// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.bm;

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

/** Background modelling as a method: one network over all streams. */
public final class Bm implements HostMethod {
  @Override
  public String name() {
    return "bm";
  }

  @Override
  public int rank() {
    return 12;
  }

  @Override
  public String summary() {
    return "BM (ICCV 2019): a model of the background, from labels of whole recordings";
  }

  @Override
  public Map<String, String> presets() {
    return Presets.load(Bm.class, "sbhar", "thumos-like", "thumos-like-quick");
  }

  @Override
  public HostModel model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
    BmConfig config = BmConfig.from(settings);
    Parameters parameters = new Parameters(engine, key.child("weights"));
    int actions = data.classes().size();
    BmNetwork network = new BmNetwork(parameters, data.totalWidth(), actions, config);
    return HostModel.of(
        parameters,
        actions + 1,
        (training, plan) ->
            HostTraining.bySteps(
                "bm",
                config.steps(),
                config.learningRate(),
                config.weightDecay(),
                plan,
                parameters,
                key,
                new BmTraining(config, network, training, engine)),
        new BmInference(config, network, engine, data.classes()));
  }
}
