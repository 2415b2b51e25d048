// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import dev.kairos.kernels.opencl.DeviceMemory;

/** An array of the host, which is brought to the device and back with each call. */
final class HostArray implements DeviceMemory {
  private final float[] values;

  HostArray(float[] values) {
    this.values = values;
  }

  float[] values() {
    return values;
  }

  @Override
  public long bytes() {
    return (long) Float.BYTES * values.length;
  }
}
