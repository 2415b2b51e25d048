// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Availability;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.BackendProvider;
import dev.kairos.kernels.opencl.jocl.Jocl;

/**
 * Offers the {@link OpenClBackend} on JOCL, where there is a device; chosen only by name. This
 * class loads no native code before it is asked whether there is one.
 */
public final class OpenClProvider implements BackendProvider {
  @Override
  public String name() {
    return "opencl";
  }

  @Override
  public int priority() {
    return -1;
  }

  @Override
  public Availability availability() {
    return Jocl.availability();
  }

  @Override
  public Backend open(BackendOptions options) {
    return OpenClBackend.open(name(), Jocl.device(options.device()));
  }
}
