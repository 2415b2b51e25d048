// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import com.aparapi.Range;
import com.aparapi.opencl.OpenCL;

/** The kernels of {@code tiles_gpu.cl}, as Aparapi is told of them. */
interface TileKernels extends OpenCL<TileKernels> {
  @Kernel("matmul")
  TileKernels matmul(
      Range range,
      @GlobalReadOnly("a") float[] a,
      @GlobalReadOnly("b") float[] b,
      @GlobalReadWrite("out") float[] out,
      @GlobalReadOnly("numbers") int[] numbers);

  @Kernel("conv1d")
  TileKernels conv1d(
      Range range,
      @GlobalReadOnly("a") float[] a,
      @GlobalReadOnly("b") float[] b,
      @GlobalReadWrite("out") float[] out,
      @GlobalReadOnly("numbers") int[] numbers);

  @Kernel("conv1d_input_gradient")
  TileKernels conv1dInputGradient(
      Range range,
      @GlobalReadOnly("a") float[] a,
      @GlobalReadOnly("b") float[] b,
      @GlobalReadWrite("out") float[] out,
      @GlobalReadOnly("numbers") int[] numbers);

  @Kernel("conv1d_weight_gradient")
  TileKernels conv1dWeightGradient(
      Range range,
      @GlobalReadOnly("a") float[] a,
      @GlobalReadOnly("b") float[] b,
      @GlobalReadWrite("out") float[] out,
      @GlobalReadOnly("numbers") int[] numbers);
}
