// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import com.aparapi.Range;
import com.aparapi.opencl.OpenCL;

/** The kernel of {@code lanes.cl}, as Aparapi is told of it. */
interface LaneKernel extends OpenCL<LaneKernel> {
  @Kernel("lanes")
  LaneKernel lanes(Range range, @GlobalReadWrite("out") int[] out);
}
