// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLKernel;
import com.aparapi.internal.opencl.OpenCLProgram;
import dev.kairos.kernels.opencl.DeviceInfo;
import dev.kairos.kernels.opencl.OpenClException;
import dev.kairos.kernels.opencl.OpenClException.Kind;
import dev.kairos.kernels.opencl.WorkRange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiled kernels that are called on arrays of the host. Each call has a kernel object of its own,
 * which is freed after it: Aparapi keeps the addresses of arrays with a kernel object, and pins
 * twice and frees once an array that the collector has moved since. What is below leaves some 150
 * bytes of native memory behind with each call, on PoCL 3.1 (60,000 calls: from 148 to 160 MB).
 */
final class HostProgram implements AutoCloseable {
  private final OpenCLDevice device;
  private final DeviceInfo info;
  private final KernelCall.Limits limits;
  private final Map<String, KernelCall> calls;
  private final OpenCLProgram program;
  private boolean closed;

  /**
   * Compiles a text.
   *
   * @param declarations an interface whose annotated methods declare the kernels
   * @throws OpenClException if it does not compile; what the compiler says stands in the error
   *     stream of the process
   */
  HostProgram(AparapiDevices.Found found, String text, Class<?> declarations) {
    this.device = found.device();
    this.info = found.info();
    this.limits = KernelCall.Limits.of(info, device.getMaxWorkItemSize());
    this.calls = KernelCall.declaredBy(declarations);
    @Nullable OpenCLProgram made = new OpenCLProgram(device, text).createProgram(device);
    if (made == null) {
      throw failure(Kind.BUILD, "does not compile the kernels");
    }
    this.program = made;
    // A program that did not compile is handed out like any other; it only has no kernels.
    for (KernelCall call : calls.values()) {
      @Nullable OpenCLKernel kernel = OpenCLKernel.createKernel(made, call.kernel(), List.of());
      if (kernel == null) {
        made.dispose();
        throw failure(Kind.BUILD, "does not compile the kernels: there is no " + call.kernel());
      }
      kernel.dispose();
    }
  }

  private OpenClException failure(Kind kind, String what) {
    return new OpenClException(
        kind,
        "%s (%s) %s".formatted(info.name(), info.platform(), what),
        "update its driver, or compute with --backend cpu",
        null);
  }

  /**
   * Runs a kernel and waits. One call at a time: the objects behind it are not made for threads.
   *
   * @param arguments arrays and numbers as the kernel is declared; those it writes are changed
   * @throws IllegalArgumentException if the kernel cannot be called so
   */
  void run(String kernel, WorkRange range, Object... arguments) {
    KernelCall call = calls.get(kernel);
    if (call == null) {
      throw new IllegalStateException("no kernel is called " + kernel);
    }
    call.check(limits, range, arguments);
    Object[] all = new Object[arguments.length + 1];
    Object[] separate = arguments.clone();
    call.separate(separate);
    System.arraycopy(separate, 0, all, 1, separate.length);
    all[0] =
        device.createRange3D(
            (int) range.x(), (int) range.y(), (int) range.z(), range.groupX(), range.groupY(), 1);
    synchronized (program) {
      if (closed) {
        throw new IllegalStateException(kernel + ": the device is closed");
      }
      @Nullable OpenCLKernel made =
          OpenCLKernel.createKernel(program, kernel, device.getArgs(call.method()));
      if (made == null) {
        throw failure(Kind.FAILED, "gives no kernel " + kernel + " any more");
      }
      try {
        made.invoke(all);
      } finally {
        made.dispose();
      }
    }
  }

  @Override
  public void close() {
    synchronized (program) {
      if (!closed) {
        closed = true;
        program.dispose();
      }
    }
  }
}
