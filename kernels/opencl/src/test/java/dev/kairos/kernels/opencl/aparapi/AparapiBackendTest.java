// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.contract.ProductContract;
import dev.kairos.kernels.opencl.KernelShape;
import dev.kairos.kernels.opencl.OpenClHere;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of products on the first device here, since all else is the cpu backend, with the
 * kernels that are cut for it. Some small products stay on the host, as they do in earnest; most go
 * to the device.
 */
@ExtendWith(OpenClHere.class)
class AparapiBackendTest extends ProductContract {
  private static final long LEAST_WORK = 1000;

  @Override
  protected Backend open(int threads) {
    AparapiDevices.Found device = Aparapi.device("");
    return AparapiBackend.open(
        BackendOptions.of(threads), device, KernelShape.of(device.info()), LEAST_WORK);
  }
}
