// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Availability;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.BackendProvider;
import dev.kairos.kernels.opencl.jocl.Jocl;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Offers the {@link OpenClBackend} on JOCL, where there is a device; chosen by name, or where it is
 * no processor as the fastest hardware. This class loads no native code before it is asked whether
 * there is one.
 */
public final class OpenClProvider implements BackendProvider {
  private static final int TUNED_SIZE = 2048;
  private static final double TUNING_SECONDS = 120;

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
  public Availability accelerator() {
    return Jocl.accelerator();
  }

  @Override
  public List<String> devices() {
    return Jocl.devices();
  }

  @Override
  public String tune(BackendOptions options, Consumer<String> told) throws IOException {
    return new Tuner(() -> Jocl.device(options.device()), TUNED_SIZE, TUNING_SECONDS).tune(told);
  }

  @Override
  public Backend open(BackendOptions options) {
    return OpenClBackend.open(name(), Jocl.device(options.device()));
  }
}
