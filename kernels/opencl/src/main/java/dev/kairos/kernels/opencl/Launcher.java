// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Strided;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the families of primitives share: one device, and places for what lies between kernels. */
final class Launcher implements ProductKernels {
  private final Device device;
  private final KernelShape shape;
  private final MemoryPool pool;
  private final Map<String, KernelUnit> uncompiled = new HashMap<>();

  Launcher(Device device, KernelShape shape) {
    this.device = device;
    this.shape = shape;
    this.pool = new MemoryPool(device);
    for (KernelUnit unit : KernelSource.units(shape)) {
      unit.kernels().forEach(kernel -> uncompiled.put(kernel, unit));
    }
  }

  /** The device; kernels are run by {@link #run}. */
  Device device() {
    return device;
  }

  @Override
  public DeviceInfo info() {
    return device.info();
  }

  @Override
  public KernelShape shape() {
    return shape;
  }

  @Override
  public DeviceMemory memory(Strided view) {
    return OpenClBuffer.memory(view);
  }

  @Override
  public DeviceMemory take(long bytes) {
    return pool.take(bytes);
  }

  @Override
  public void give(DeviceMemory memory) {
    pool.give(memory);
  }

  MemoryPool pool() {
    return pool;
  }

  /** Runs a kernel, and before its first time compiles the unit that it belongs to. */
  @Override
  public void run(String kernel, WorkRange range, Object... arguments) {
    KernelUnit unit = uncompiled.get(kernel);
    if (unit != null) {
      DeviceInfo info = device.info();
      device.compile(shape.macros(info) + unit.text(), KernelSource.options(info), unit.kernels());
      uncompiled.keySet().removeAll(unit.kernels());
    }
    device.launch(kernel, range, arguments);
  }

  /** Runs a kernel with one work item for each of so many elements. */
  void each(String kernel, int items, Object... arguments) {
    if (items > 0) {
      run(kernel, WorkRange.of(items, shape.group()), arguments);
    }
  }

  /** Runs a kernel with one work item for each element of the rows of a walk. */
  void eachOfRows(String kernel, Walk walk, Object... arguments) {
    int n = walk.rowLength();
    run(kernel, WorkRange.of(n, walk.count() / n, 1, shape.group()), arguments);
  }

  /** Runs a kernel with one work group for each of so many rows. */
  void rows(String kernel, int rows, Object... arguments) {
    if (rows > 0) {
      run(kernel, WorkRange.groupsOf(rows, shape.rowItems()), arguments);
    }
  }

  /** Places that live until they are closed. */
  Places places() {
    return new Places();
  }

  /** Memory for the time between some kernels. */
  final class Places implements AutoCloseable {
    private final List<DeviceMemory> taken = new ArrayList<>();

    /** So many bytes, with any content. */
    DeviceMemory bytes(long bytes) {
      DeviceMemory made = pool.take(bytes);
      taken.add(made);
      return made;
    }

    /** Reals with any content, in rows without gaps. */
    Strided reals(int... sizes) {
      int count = 1;
      for (int size : sizes) {
        count = Math.multiplyExact(count, size);
      }
      DeviceMemory memory = bytes((long) Float.BYTES * count);
      return Strided.contiguous(new OpenClBuffer(memory, count, false), sizes);
    }

    @Override
    public void close() {
      taken.forEach(pool::give);
    }
  }
}
