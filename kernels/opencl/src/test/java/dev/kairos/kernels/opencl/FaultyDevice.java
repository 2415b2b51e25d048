// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A device that works until a certain call, and then fails as it is told. */
final class FaultyDevice implements Device {
  private final Device device;
  private Supplier<Optional<OpenClException>> launchFault = Optional::empty;
  private Supplier<Optional<OpenClException>> allocationFault = Optional::empty;
  private boolean wrong;
  private boolean single;
  private boolean closed;

  FaultyDevice(Device device) {
    this.device = device;
  }

  static OpenClException fault(OpenClException.Kind kind) {
    return new OpenClException(kind, "the device broke", "take another", null);
  }

  /** From so many launches on every one fails. */
  FaultyDevice failingAfter(int launches, OpenClException.Kind kind) {
    int[] left = {launches};
    launchFault = () -> left[0]-- > 0 ? Optional.empty() : Optional.of(fault(kind));
    return this;
  }

  /** So many requests for memory fail from now on. */
  FaultyDevice withoutMemory(int requests) {
    int[] left = {requests};
    allocationFault =
        () ->
            left[0]-- > 0
                ? Optional.of(fault(OpenClException.Kind.OUT_OF_MEMORY))
                : Optional.empty();
    return this;
  }

  /** Everything that is read is a little too large. */
  FaultyDevice computingWrongly() {
    wrong = true;
    return this;
  }

  /** It computes in single precision alone. */
  FaultyDevice withoutDoubles() {
    single = true;
    return this;
  }

  private static void throwIfAny(Optional<OpenClException> fault) {
    if (fault.isPresent()) {
      throw fault.get();
    }
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public DeviceInfo info() {
    DeviceInfo d = device.info();
    return single
        ? new DeviceInfo(
            d.name(),
            d.platform(),
            d.driver(),
            d.kind(),
            d.units(),
            d.memoryBytes(),
            d.largestBytes(),
            d.localBytes(),
            d.groupItems(),
            d.lanes(),
            false,
            false)
        : d;
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    throwIfAny(allocationFault.get());
    return device.allocate(bytes);
  }

  @Override
  public void release(DeviceMemory memory) {
    device.release(memory);
  }

  @Override
  public ByteBuffer staging() {
    return device.staging();
  }

  @Override
  public void write(DeviceMemory target, long offset, int bytes) {
    device.write(target, offset, bytes);
  }

  @Override
  public void read(DeviceMemory source, long offset, int bytes) {
    device.read(source, offset, bytes);
    if (wrong && bytes > 0) {
      staging().putFloat(0, staging().getFloat(0) + 1);
    }
  }

  @Override
  public void compile(String text, String options, List<String> kernels) {
    device.compile(text, options, kernels);
  }

  @Override
  public void launch(String kernel, WorkRange range, Object... arguments) {
    throwIfAny(launchFault.get());
    device.launch(kernel, range, arguments);
  }

  @Override
  public void finish() {
    device.finish();
  }

  @Override
  public void close() {
    closed = true;
    device.close();
  }
}
