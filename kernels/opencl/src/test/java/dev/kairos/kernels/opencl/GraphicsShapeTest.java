// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.contract.BackendContract;
import dev.kairos.kernels.opencl.jocl.Jocl;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract with the kernels for graphics processors, on whatever device is here. */
@ExtendWith(OpenClHere.class)
class GraphicsShapeTest extends BackendContract {
  @Override
  protected Backend open(int threads) {
    return OpenClBackend.open(
        "opencl", Jocl.device(""), KernelShape.graphics(KernelShape.Tile.USUAL));
  }

  /** No JVM compiles these loops. */
  @Override
  protected int repetitions() {
    return 25;
  }
}
