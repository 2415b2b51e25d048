// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.jocl;

import dev.kairos.kernels.Availability;
import dev.kairos.kernels.opencl.Device;
import dev.kairos.kernels.opencl.DeviceInfo;
import java.util.List;
import org.jocl.CLException;

/** Finds and opens devices, and says what is missing where there is none. */
public final class Jocl {
  private static final String NO_LOADER =
      "no OpenCL loader (libOpenCL.so.1) was found; install one (Debian: ocl-icd-libopencl1) and a"
          + " driver for the device (for the processor: pocl-opencl-icd)";

  private Jocl() {}

  /** Whether there is a device, and which; or what is missing and how to get it. */
  public static Availability availability() {
    if (!LoaderSearch.mayBeHere()) {
      return Availability.no(NO_LOADER);
    }
    try {
      List<JoclDevices.Found> devices = JoclDevices.list();
      if (devices.isEmpty()) {
        return Availability.no(
            "the OpenCL loader is here and finds no device; install a driver for yours (Debian:"
                + " pocl-opencl-icd for the processor, nvidia-opencl-icd or intel-opencl-icd for a"
                + " graphics processor)");
      }
      return Availability.yes(devices.get(0).info().described());
    } catch (UnsatisfiedLinkError e) {
      return Availability.no(reason(e));
    } catch (LinkageError e) {
      // The class was tried before and could not be loaded.
      return Availability.no(
          e.getCause() instanceof UnsatisfiedLinkError cause ? reason(cause) : reason(e));
    } catch (CLException e) {
      return Availability.no("a driver does not answer: " + e.getMessage());
    }
  }

  /** Whether the first device is something else than a processor, which cpu serves better. */
  public static Availability accelerator() {
    Availability found = availability();
    return found.usable() && JoclDevices.list().get(0).info().kind() == DeviceInfo.Kind.CPU
        ? Availability.no("its only devices are processors")
        : found;
  }

  /** The platforms and names of all devices, the preferred first. */
  public static List<String> devices() {
    return availability().usable()
        ? JoclDevices.list().stream().map(each -> each.info().described()).toList()
        : List.of();
  }

  private static String reason(LinkageError e) {
    String all = String.valueOf(e.getMessage()) + " " + String.valueOf(e.getCause());
    if (all.contains("IllegalCallerException")) {
      return "the JVM denies native access; start it with --enable-native-access=ALL-UNNAMED";
    }
    if (all.contains("failed to map segment")
        || all.contains("Permission denied")
        || all.contains("Read-only")) {
      return "the native library cannot be unpacked or loaded; set -Dkairos.opencl.cache to a"
          + " folder where files may be written and executed";
    }
    return NO_LOADER;
  }

  /**
   * Opens a device.
   *
   * @param wanted which one: its number, a part of its name, or empty for the first
   * @throws dev.kairos.kernels.BackendUnavailableException if there is none such, naming those that
   *     are
   */
  public static Device device(String wanted) {
    return new JoclDevice(DeviceInfo.choose(JoclDevices.list(), JoclDevices.Found::info, wanted));
  }
}
