// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.contract.HostBackendContract;

class SimdBackendTest extends HostBackendContract {
  @Override
  protected Backend open(int threads) {
    return new SimdProvider().open(BackendOptions.of(threads));
  }
}
