// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

/** Memory of a {@link Device}, which alone can use it. */
public interface DeviceMemory {
  /** Its size. */
  long bytes();
}
