// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.Availability;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.BackendProvider;

/** Offers the {@link CpuBackend} with scalar loops; usable on every JVM. */
public final class ScalarProvider implements BackendProvider {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Availability availability() {
    return Availability.yes("scalar loops, which the JIT compiler may vectorise");
  }

  @Override
  public Backend open(BackendOptions options) {
    return new CpuBackend(name(), new ScalarLoops(), options.threads());
  }
}
