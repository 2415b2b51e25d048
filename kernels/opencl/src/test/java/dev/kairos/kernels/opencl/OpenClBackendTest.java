// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.contract.BackendContract;
import dev.kairos.kernels.opencl.jocl.Jocl;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on the first device here, with the kernels that are cut for it. */
@ExtendWith(OpenClHere.class)
class OpenClBackendTest extends BackendContract {
  @Override
  protected Backend open(int threads) {
    return OpenClBackend.open("opencl", Jocl.device(""));
  }

  /** No JVM compiles these loops. */
  @Override
  protected int repetitions() {
    return 25;
  }
}
