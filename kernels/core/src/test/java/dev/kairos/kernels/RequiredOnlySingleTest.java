// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import dev.kairos.kernels.contract.BackendContract;

/** The same in single precision, where squares overflow and sums lose digits soon. */
class RequiredOnlySingleTest extends BackendContract {
  @Override
  protected Backend open(int threads) {
    return new RequiredOnlyBackend(Backends.open("scalar", BackendOptions.of(threads)));
  }
}
