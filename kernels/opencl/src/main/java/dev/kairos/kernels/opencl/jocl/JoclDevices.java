// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.jocl;

import dev.kairos.kernels.opencl.DeviceInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** The devices of this machine. Touching this class loads native code. */
final class JoclDevices {
  static {
    NativeLibrary.load();
    CL.setExceptionsEnabled(true);
  }

  /** CL_PLATFORM_NOT_FOUND_KHR: the loader found no driver. */
  private static final int NO_PLATFORM = -1001;

  /** Of CL_DEVICE_SINGLE_FP_CONFIG. */
  private static final long CORRECTLY_ROUNDED = 1 << 7;

  private JoclDevices() {}

  /**
   * A device that can be opened.
   *
   * @param platform its platform
   * @param id its handle
   * @param info what it says about itself
   */
  record Found(cl_platform_id platform, cl_device_id id, DeviceInfo info) {}

  /**
   * All devices: graphics processors first, then other accelerators, then processors; those with
   * more compute units before those with fewer.
   *
   * @throws LinkageError if there is no OpenCL loader
   */
  static List<Found> list() {
    int[] count = new int[1];
    try {
      CL.clGetPlatformIDs(0, null, count);
    } catch (CLException e) {
      if (e.getStatus() == NO_PLATFORM) {
        return List.of();
      }
      throw e;
    }
    cl_platform_id[] platforms = new cl_platform_id[count[0]];
    if (platforms.length > 0) {
      CL.clGetPlatformIDs(platforms.length, platforms, null);
    }
    List<Found> found = new ArrayList<>();
    for (cl_platform_id platform : platforms) {
      for (cl_device_id device : devices(platform)) {
        if (number(device, CL.CL_DEVICE_AVAILABLE, 4) != 0
            && number(device, CL.CL_DEVICE_COMPILER_AVAILABLE, 4) != 0) {
          found.add(new Found(platform, device, info(platform, device)));
        }
      }
    }
    found.sort(Comparator.comparing(Found::info, DeviceInfo.BEST_FIRST));
    return found;
  }

  private static cl_device_id[] devices(cl_platform_id platform) {
    int[] count = new int[1];
    try {
      CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, 0, null, count);
      cl_device_id[] devices = new cl_device_id[count[0]];
      CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, devices.length, devices, null);
      return devices;
    } catch (CLException e) {
      // A driver whose hardware is missing or does not answer; another one may be well.
      return new cl_device_id[0];
    }
  }

  private static DeviceInfo info(cl_platform_id platform, cl_device_id device) {
    long type = number(device, CL.CL_DEVICE_TYPE, 8);
    DeviceInfo.Kind kind =
        (type & CL.CL_DEVICE_TYPE_GPU) != 0
            ? DeviceInfo.Kind.GPU
            : (type & CL.CL_DEVICE_TYPE_CPU) != 0
                ? DeviceInfo.Kind.CPU
                : DeviceInfo.Kind.ACCELERATOR;
    return new DeviceInfo(
        text(device, CL.CL_DEVICE_NAME),
        text(platform, CL.CL_PLATFORM_NAME),
        text(device, CL.CL_DRIVER_VERSION),
        kind,
        (int) number(device, CL.CL_DEVICE_MAX_COMPUTE_UNITS, 4),
        number(device, CL.CL_DEVICE_GLOBAL_MEM_SIZE, 8),
        number(device, CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE, 8),
        number(device, CL.CL_DEVICE_LOCAL_MEM_SIZE, 8),
        (int) number(device, CL.CL_DEVICE_MAX_WORK_GROUP_SIZE, 8),
        (int) number(device, CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT, 4),
        text(device, CL.CL_DEVICE_EXTENSIONS).contains("cl_khr_fp64"),
        (number(device, CL.CL_DEVICE_SINGLE_FP_CONFIG, 8) & CORRECTLY_ROUNDED) != 0);
  }

  private static long number(cl_device_id device, int what, int bytes) {
    long[] value = new long[1];
    CL.clGetDeviceInfo(device, what, bytes, Pointer.to(value), null);
    return value[0];
  }

  private static String text(cl_device_id device, int what) {
    long[] size = new long[1];
    CL.clGetDeviceInfo(device, what, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    CL.clGetDeviceInfo(device, what, bytes.length, Pointer.to(bytes), null);
    return text(bytes);
  }

  private static String text(cl_platform_id platform, int what) {
    long[] size = new long[1];
    CL.clGetPlatformInfo(platform, what, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    CL.clGetPlatformInfo(platform, what, bytes.length, Pointer.to(bytes), null);
    return text(bytes);
  }

  /** Texts of OpenCL end with a zero byte. */
  private static String text(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8).strip();
  }
}
