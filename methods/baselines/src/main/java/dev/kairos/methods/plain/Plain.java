// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Presets;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The baseline as a method: one small network over all streams, three kinds of labels. */
public final class Plain implements Method {
  @Override
  public String name() {
    return "plain";
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public String summary() {
    return "baseline: two convolutions, from labels of recordings, points or segments";
  }

  @Override
  public Map<String, String> presets() {
    return Presets.load(Plain.class, "sbhar", "thumos-like");
  }

  @Override
  public Model model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
    PlainConfig config = PlainConfig.from(settings);
    Parameters parameters = new Parameters(engine, key.child("weights"));
    PlainModel network =
        new PlainModel(
            parameters,
            data.totalWidth(),
            data.classes().size(),
            config.hidden(),
            config.reach(),
            config.dropout());
    PlainInference inference = new PlainInference(config, network, engine, data.classes());
    return Model.of(
        parameters,
        Optional.empty(),
        training -> List.of(PlainTraining.of(config, network, parameters, training, key)),
        inference);
  }
}
