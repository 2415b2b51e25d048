// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Strided;

/** What runs the kernels of {@link OpenClProducts}: the seam between them and a driver. */
public interface ProductKernels {
  /** The device. */
  DeviceInfo info();

  /** How the kernels are cut. */
  KernelShape shape();

  /** Where the elements of a view lie, as {@link #run} takes it. */
  DeviceMemory memory(Strided view);

  /** Memory for the time between some kernels, with any content. */
  DeviceMemory take(long bytes);

  /** Gives such memory back. */
  void give(DeviceMemory memory);

  /**
   * Runs a kernel.
   *
   * @param arguments memory, {@link Integer}, or an {@code int[]} with the structure {@code
   *     Product}
   */
  void run(String kernel, WorkRange range, Object... arguments);
}
