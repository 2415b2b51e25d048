// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.Backend;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;

/** What a backend on the host must do: the contract, and sums added in a promised order. */
public abstract class HostBackendContract extends BackendContract {
  @Nested
  @Order(8)
  class OrderOfAdditions extends OrderContract {
    @Override
    Backend open(int threads) {
      return HostBackendContract.this.open(threads);
    }
  }
}
