// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import dev.kairos.kernels.Availability;
import dev.kairos.kernels.opencl.DeviceInfo;
import dev.kairos.kernels.opencl.KernelSource;
import dev.kairos.kernels.opencl.WorkRange;
import java.util.List;

/** Finds devices, and says what is missing where there is none. */
final class Aparapi {
  private Aparapi() {}

  /**
   * Whether there is a device, and which; or what is missing and how to get it.
   *
   * @throws LinkageError if Aparapi itself cannot be loaded; see {@link AparapiProvider}
   */
  static Availability availability() {
    if (!AparapiDevices.isLoaded()) {
      return Availability.no(
          "Aparapi found no OpenCL loader (libOpenCL.so.1), or its native library cannot be"
              + " unpacked; install one (Debian: ocl-icd-libopencl1) and a driver for the device"
              + " (for the processor: pocl-opencl-icd), or set -Djava.io.tmpdir to a folder where"
              + " files may be written and executed");
    }
    List<AparapiDevices.Found> devices = AparapiDevices.list();
    if (devices.isEmpty()) {
      return Availability.no(
          "the OpenCL loader is here and finds no device; install a driver for yours (Debian:"
              + " pocl-opencl-icd for the processor, nvidia-opencl-icd or intel-opencl-icd for a"
              + " graphics processor)");
    }
    return Availability.yes(devices.get(0).info().described());
  }

  /** The platforms and names of all devices, the preferred first. */
  static List<String> devices() {
    return AparapiDevices.list().stream().map(each -> each.info().described()).toList();
  }

  /**
   * Chooses a device.
   *
   * @param wanted which one: its number, a part of its name, or empty for the first
   * @throws dev.kairos.kernels.BackendUnavailableException if there is none such, naming those that
   *     are
   */
  static AparapiDevices.Found device(String wanted) {
    AparapiDevices.Found found =
        DeviceInfo.choose(AparapiDevices.list(), AparapiDevices.Found::info, wanted);
    if (found.info().kind() != DeviceInfo.Kind.CPU) {
      return found;
    }
    int[] lanes = {0};
    try (HostProgram probe =
        new HostProgram(found, KernelSource.lanes().text(), LaneKernel.class)) {
      probe.run("lanes", WorkRange.of(1, 1), lanes);
    }
    return new AparapiDevices.Found(found.device(), found.info().withLanes(lanes[0]));
  }
}
