// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.contract.BackendContract;

class SimdBackendTest extends BackendContract {
  @Override
  protected Backend open(int threads) {
    return new SimdProvider().open(threads);
  }
}
