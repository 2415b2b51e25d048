// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.basnet;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.HeldOut;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Presets;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import java.util.List;
import java.util.Map;

/** BaS-Net as a method: one early-fused network over all streams. */
public final class Basnet implements Method {
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

  @Override
  public Model model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
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
    BasnetInference inference = new BasnetInference(config, network, engine, data.classes());
    return Model.of(
        parameters,
        all -> {
          HeldOut heldOut = HeldOut.of(config.heldOut(), all, key);
          TrainingData training = heldOut.training();
          Stage stage = BasnetTraining.of(config, network, parameters, training, key);
          return List.of(heldOut.watch(stage, parameters, inference));
        },
        inference);
  }
}
