// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.host;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Method;
import dev.kairos.tensor.Engine;

/** A method that can be trained alone, or on labels of the instances that it finds itself. */
public interface HostMethod extends Method {
  @Override
  HostModel model(Settings settings, DatasetDescription data, Engine engine, RandomKey key);
}
