// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Memory that was given back and may be handed out again: composed primitives ask for places many
 * times in a step, and a device is slow to make them. Calls run in order, so memory may be given to
 * the next one before the last one has run. What lies here unused is bounded, and goes when the
 * device has none left.
 */
final class MemoryPool {
  /** Sizes are rounded up to this, or to an eighth of themselves. */
  private static final long LEAST = 256;

  private final Device device;
  private final long most;
  private final Map<Long, Deque<DeviceMemory>> spare = new TreeMap<>();
  private long spareBytes;
  private long heldBytes;

  MemoryPool(Device device) {
    this.device = device;
    this.most = Math.min(device.info().memoryBytes() / 8, 512L << 20);
  }

  /** Bytes of the device in use and to spare. */
  long heldBytes() {
    return heldBytes;
  }

  DeviceMemory take(long bytes) {
    long size = rounded(bytes);
    Deque<DeviceMemory> same = spare.get(size);
    if (same != null && !same.isEmpty()) {
      spareBytes -= size;
      return same.pop();
    }
    DeviceMemory made;
    try {
      made = device.allocate(size);
    } catch (OpenClException e) {
      if (e.kind() != OpenClException.Kind.OUT_OF_MEMORY || spareBytes == 0) {
        throw e;
      }
      clear();
      made = device.allocate(size);
    }
    heldBytes += size;
    return made;
  }

  void give(DeviceMemory memory) {
    if (spareBytes + memory.bytes() > most) {
      heldBytes -= memory.bytes();
      device.release(memory);
      return;
    }
    spareBytes += memory.bytes();
    spare.computeIfAbsent(memory.bytes(), size -> new ArrayDeque<>()).push(memory);
  }

  /** Gives all that is to spare back to the device. */
  void clear() {
    for (Deque<DeviceMemory> same : spare.values()) {
      for (DeviceMemory each : same) {
        heldBytes -= each.bytes();
        device.release(each);
      }
    }
    spare.clear();
    spareBytes = 0;
  }

  private static long rounded(long bytes) {
    long unit = Math.max(LEAST, Long.highestOneBit(Math.max(1, bytes)) / 8);
    return (Math.max(1, bytes) + unit - 1) / unit * unit;
  }
}
