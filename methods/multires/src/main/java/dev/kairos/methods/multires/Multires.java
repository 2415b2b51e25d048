// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Presets;
import dev.kairos.tensor.Engine;
import java.util.Map;

/** Multi-resolution localisation as a method: initial labels, then their refinement in stages. */
public final class Multires implements Method {
  @Override
  public String name() {
    return "multires";
  }

  @Override
  public int rank() {
    return 20;
  }

  @Override
  public String summary() {
    return "multi-resolution label refinement (Su et al.), from labels of whole recordings";
  }

  @Override
  public Map<String, String> presets() {
    return Presets.load(
        Multires.class,
        "thumos14",
        "activitynet13",
        "sbhar",
        "sbhar-sparse",
        "thumos-like",
        "thumos-like-quick");
  }

  @Override
  public Model model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
    return new MultiresModel(MultiresConfig.from(settings), data, engine, key);
  }
}
