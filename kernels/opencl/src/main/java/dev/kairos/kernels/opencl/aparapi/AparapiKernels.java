// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import dev.kairos.kernels.Strided;
import dev.kairos.kernels.host.HostFloats;
import dev.kairos.kernels.opencl.DeviceInfo;
import dev.kairos.kernels.opencl.DeviceMemory;
import dev.kairos.kernels.opencl.KernelShape;
import dev.kairos.kernels.opencl.KernelSource;
import dev.kairos.kernels.opencl.ProductKernels;
import dev.kairos.kernels.opencl.WorkRange;

/** Runs the kernels of products on arrays of the host. */
final class AparapiKernels implements ProductKernels, AutoCloseable {
  private final DeviceInfo info;
  private final KernelShape shape;
  private final HostProgram program;

  /** Compiles them, cut as the shape says. */
  AparapiKernels(AparapiDevices.Found found, KernelShape shape) {
    this.info = found.info();
    this.shape = shape;
    String text =
        "#define PRODUCT_IN_ARRAY 1\n" + shape.macros(info) + KernelSource.products(shape).text();
    this.program =
        new HostProgram(
            found, text, shape.tile().isPresent() ? TileKernels.class : PanelKernels.class);
  }

  @Override
  public DeviceInfo info() {
    return info;
  }

  @Override
  public KernelShape shape() {
    return shape;
  }

  @Override
  public DeviceMemory memory(Strided view) {
    return new HostArray(HostFloats.values(view));
  }

  @Override
  public DeviceMemory take(long bytes) {
    return new HostArray(new float[Math.toIntExact(bytes / Float.BYTES)]);
  }

  @Override
  public void give(DeviceMemory memory) {
    // The collector takes it.
  }

  @Override
  public void run(String kernel, WorkRange range, Object... arguments) {
    Object[] values = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      values[i] = arguments[i] instanceof HostArray array ? array.values() : arguments[i];
    }
    program.run(kernel, range, values);
  }

  @Override
  public void close() {
    program.close();
  }
}
