// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.host.HostMethod;
import dev.kairos.methods.host.HostModel;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Presets;
import dev.kairos.tensor.Engine;
import java.util.Map;

/** RSKP as a method: one network over all streams. */
public final class Rskp implements HostMethod {
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
        Rskp.class, "thumos14", "activitynet13", "sbhar", "thumos-like", "thumos-like-quick");
  }

  @Override
  public HostModel model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
    return new RskpModel(RskpConfig.from(settings), data, engine, key);
  }
}
