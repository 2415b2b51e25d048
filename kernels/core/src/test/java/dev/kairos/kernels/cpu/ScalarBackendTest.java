// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.contract.HostBackendContract;

class ScalarBackendTest extends HostBackendContract {
  @Override
  protected Backend open(int threads) {
    return new CpuBackend("scalar", new ScalarLoops(), threads);
  }
}
