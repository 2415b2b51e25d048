// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.jocl;

import dev.kairos.kernels.opencl.Device;
import dev.kairos.kernels.opencl.DeviceInfo;
import dev.kairos.kernels.opencl.DeviceMemory;
import dev.kairos.kernels.opencl.OpenClException;
import dev.kairos.kernels.opencl.OpenClException.Kind;
import dev.kairos.kernels.opencl.WorkRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;
import org.jspecify.annotations.Nullable;

/**
 * A device driven by JOCL: one context, one queue that runs commands in order, one kernel object
 * for each kernel. A handle is released once: a second time would end the JVM.
 */
final class JoclDevice implements Device {
  /** Of the buffer for copies. */
  private static final int STAGING_BYTES = 8 << 20;

  private final DeviceInfo info;
  private final cl_device_id id;
  private final cl_context context;
  private final cl_command_queue queue;
  private final Map<String, cl_kernel> kernels = new HashMap<>();
  private final Set<Memory> memories = new HashSet<>();
  private final cl_mem pinned;
  private final ByteBuffer staging;
  private final List<cl_program> programs = new ArrayList<>();
  private long heldBytes;
  private boolean closed;
  private boolean lost;

  /** A buffer of the device. */
  private static final class Memory implements DeviceMemory {
    final cl_mem handle;
    private final long bytes;

    Memory(cl_mem handle, long bytes) {
      this.handle = handle;
      this.bytes = bytes;
    }

    @Override
    public long bytes() {
      return bytes;
    }
  }

  @SuppressWarnings("deprecation") // the newer call is missing before OpenCL 2.0
  JoclDevice(JoclDevices.Found found) {
    this.info = found.info();
    this.id = found.id();
    cl_context_properties properties = new cl_context_properties();
    properties.addProperty(CL.CL_CONTEXT_PLATFORM, found.platform());
    try {
      context = CL.clCreateContext(properties, 1, new cl_device_id[] {id}, null, null, null);
    } catch (CLException e) {
      throw failure("opening the device", e);
    }
    cl_command_queue made = null;
    try {
      made = CL.clCreateCommandQueue(context, id, 0, null);
      queue = made;
      // Memory that the driver has pinned for the whole time: copies need no copy of their own.
      pinned =
          CL.clCreateBuffer(
              context, CL.CL_MEM_READ_WRITE | CL.CL_MEM_ALLOC_HOST_PTR, STAGING_BYTES, null, null);
      staging =
          CL.clEnqueueMapBuffer(
                  queue,
                  pinned,
                  true,
                  CL.CL_MAP_READ | CL.CL_MAP_WRITE,
                  0,
                  STAGING_BYTES,
                  0,
                  null,
                  null,
                  null)
              .order(ByteOrder.nativeOrder());
    } catch (CLException e) {
      if (made != null) {
        CL.clReleaseCommandQueue(made);
      }
      CL.clReleaseContext(context);
      throw failure("opening the device", e);
    }
  }

  @Override
  public DeviceInfo info() {
    return info;
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    if (bytes > info.largestBytes()) {
      throw new OpenClException(
          Kind.OUT_OF_MEMORY,
          "%s: %,d bytes in one piece were asked for, and it gives at most %,d"
              .formatted(info.name(), bytes, info.largestBytes()),
          "make the batch smaller, or compute with --backend cpu",
          null);
    }
    try {
      Memory made =
          new Memory(CL.clCreateBuffer(context, CL.CL_MEM_READ_WRITE, bytes, null, null), bytes);
      memories.add(made);
      heldBytes += bytes;
      return made;
    } catch (CLException e) {
      throw failure("asking for %,d bytes more than %,d".formatted(bytes, heldBytes), e);
    }
  }

  @Override
  public void release(DeviceMemory memory) {
    Memory mine = (Memory) memory;
    if (memories.remove(mine)) {
      heldBytes -= mine.bytes;
      free(mine);
    }
  }

  private static void free(Memory memory) {
    try {
      CL.clReleaseMemObject(memory.handle);
    } catch (CLException e) {
      return; // of a device that is lost, with its memory
    }
  }

  @Override
  public ByteBuffer staging() {
    return staging;
  }

  @Override
  public void write(DeviceMemory target, long offset, int bytes) {
    if (bytes == 0) {
      return;
    }
    try {
      CL.clEnqueueWriteBuffer(
          queue, ((Memory) target).handle, true, offset, bytes, Pointer.to(staging), 0, null, null);
    } catch (CLException e) {
      throw failure("copying in", e);
    }
  }

  @Override
  public void read(DeviceMemory source, long offset, int bytes) {
    if (bytes == 0) {
      return;
    }
    try {
      CL.clEnqueueReadBuffer(
          queue, ((Memory) source).handle, true, offset, bytes, Pointer.to(staging), 0, null, null);
    } catch (CLException e) {
      throw failure("copying out", e);
    }
  }

  @Override
  public void compile(String text, String options, List<String> names) {
    ProgramCache cache = new ProgramCache(info, text, options);
    Optional<byte[]> known = cache.read();
    cl_program program = known.isPresent() ? fromBinary(known.get(), options) : null;
    if (program == null) {
      program = fromSource(text, options);
      cache.write(binary(program));
    }
    programs.add(program);
    for (String name : names) {
      try {
        kernels.put(name, CL.clCreateKernel(program, name, null));
      } catch (CLException e) {
        // The text may leave a kernel out where the device could not run it.
        if (e.getStatus() != CL.CL_INVALID_KERNEL_NAME) {
          throw failure("taking the kernel " + name, e);
        }
      }
    }
  }

  private @Nullable cl_program fromBinary(byte[] binary, String options) {
    cl_program made = null;
    try {
      made =
          CL.clCreateProgramWithBinary(
              context,
              1,
              new cl_device_id[] {id},
              new long[] {binary.length},
              new byte[][] {binary},
              null,
              null);
      CL.clBuildProgram(made, 1, new cl_device_id[] {id}, options, null, null);
      return made;
    } catch (CLException e) {
      // Of a driver that reads it no more, or half a file: the source will do.
      if (made != null) {
        CL.clReleaseProgram(made);
      }
      return null;
    }
  }

  private cl_program fromSource(String source, String options) {
    cl_program made = CL.clCreateProgramWithSource(context, 1, new String[] {source}, null, null);
    try {
      CL.clBuildProgram(made, 1, new cl_device_id[] {id}, options, null, null);
      return made;
    } catch (CLException e) {
      CL.clReleaseProgram(made);
      throw new OpenClException(
          Kind.BUILD,
          "%s (%s, driver %s) does not compile the kernels: %s"
              .formatted(info.name(), info.platform(), info.driver(), e.getMessage()),
          "update its driver, or compute with --backend cpu",
          e);
    }
  }

  private static byte[] binary(cl_program program) {
    long[] size = new long[1];
    CL.clGetProgramInfo(program, CL.CL_PROGRAM_BINARY_SIZES, Sizeof.size_t, Pointer.to(size), null);
    byte[] binary = new byte[(int) size[0]];
    CL.clGetProgramInfo(
        program, CL.CL_PROGRAM_BINARIES, Sizeof.POINTER, Pointer.to(Pointer.to(binary)), null);
    return binary;
  }

  @Override
  public void launch(String name, WorkRange range, Object... arguments) {
    cl_kernel kernel = kernels.get(name);
    if (kernel == null) {
      throw new IllegalStateException("no kernel is called " + name);
    }
    try {
      for (int i = 0; i < arguments.length; i++) {
        set(kernel, i, arguments[i]);
      }
      CL.clEnqueueNDRangeKernel(
          queue,
          kernel,
          3,
          null,
          new long[] {range.x(), range.y(), range.z()},
          new long[] {range.groupX(), range.groupY(), 1},
          0,
          null,
          null);
    } catch (CLException e) {
      throw failure("running the kernel " + name + " over " + range, e);
    }
  }

  private static void set(cl_kernel kernel, int i, Object argument) {
    if (argument instanceof Memory memory) {
      CL.clSetKernelArg(kernel, i, Sizeof.cl_mem, Pointer.to(memory.handle));
    } else if (argument instanceof Integer number) {
      CL.clSetKernelArg(kernel, i, Sizeof.cl_int, Pointer.to(new int[] {number}));
    } else if (argument instanceof Float number) {
      CL.clSetKernelArg(kernel, i, Sizeof.cl_float, Pointer.to(new float[] {number}));
    } else if (argument instanceof int[] numbers) {
      CL.clSetKernelArg(kernel, i, (long) Sizeof.cl_int * numbers.length, Pointer.to(numbers));
    } else {
      throw new IllegalArgumentException("argument " + i + ": " + argument);
    }
  }

  @Override
  public void finish() {
    try {
      CL.clFinish(queue);
    } catch (CLException e) {
      throw failure("waiting", e);
    }
  }

  /** What a status means to the user. */
  private OpenClException failure(String doing, CLException e) {
    int status = e.getStatus();
    String what =
        "%s (%s): %s failed: %s"
            .formatted(info.name(), info.platform(), doing, CL.stringFor_errorCode(status));
    if (status == CL.CL_MEM_OBJECT_ALLOCATION_FAILURE || status == CL.CL_OUT_OF_HOST_MEMORY) {
      return new OpenClException(
          Kind.OUT_OF_MEMORY, what, "make the batch smaller, or compute with --backend cpu", e);
    }
    boolean lost =
        Arrays.asList(
                CL.CL_DEVICE_NOT_AVAILABLE,
                CL.CL_OUT_OF_RESOURCES,
                CL.CL_INVALID_COMMAND_QUEUE,
                CL.CL_INVALID_CONTEXT)
            .contains(status);
    return new OpenClException(
        lost ? Kind.LOST : Kind.FAILED,
        what,
        lost
            ? "the device does not answer: resume with --backend cpu, or when it is back"
            : "compute with --backend cpu, and report this with the device's name",
        e);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      CL.clEnqueueUnmapMemObject(queue, pinned, staging, 0, null, null);
      CL.clFinish(queue);
    } catch (CLException e) {
      lost = true;
    }
    memories.forEach(JoclDevice::free);
    memories.clear();
    if (lost) {
      return; // its driver may not even take handles back
    }
    CL.clReleaseMemObject(pinned);
    kernels.values().forEach(CL::clReleaseKernel);
    programs.forEach(CL::clReleaseProgram);
    CL.clReleaseCommandQueue(queue);
    CL.clReleaseContext(context);
  }
}
