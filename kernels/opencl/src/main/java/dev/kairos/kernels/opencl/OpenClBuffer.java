// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Strided;

/** Numbers of four bytes each in the memory of a device. */
final class OpenClBuffer implements Buffer {
  private final DeviceMemory memory;
  private final int length;
  private final boolean isIndices;

  OpenClBuffer(DeviceMemory memory, int length, boolean isIndices) {
    this.memory = memory;
    this.length = length;
    this.isIndices = isIndices;
  }

  DeviceMemory memory() {
    return memory;
  }

  static DeviceMemory memory(Buffer buffer) {
    return ((OpenClBuffer) buffer).memory;
  }

  static DeviceMemory memory(Strided view) {
    return memory(view.buffer());
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public boolean isIndices() {
    return isIndices;
  }
}
