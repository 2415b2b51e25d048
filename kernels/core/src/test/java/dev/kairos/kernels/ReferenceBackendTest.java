// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import dev.kairos.kernels.contract.BackendContract;

/**
 * Holds the contract against its own yardstick: chiefly the identities, and that it stays still.
 */
class ReferenceBackendTest extends BackendContract {
  @Override
  protected Backend open(int threads) {
    return new ReferenceBackend();
  }
}
