// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLLoader;
import dev.kairos.kernels.opencl.DeviceInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The devices of this machine as Aparapi sees them. Touching this class loads native code. */
final class AparapiDevices {
  /**
   * The one logger of Aparapi, which is called like its property. Held, so that the collector does
   * not take its level with it.
   */
  private static final Logger LOG = Logger.getLogger("com.aparapi.logLevel");

  private static final boolean LOADED = load();

  private AparapiDevices() {}

  /**
   * A device that can be opened.
   *
   * @param device its handle
   * @param info what it says about itself; Aparapi asks for no vector width
   */
  record Found(OpenCLDevice device, DeviceInfo info) {}

  private static boolean load() {
    // Where it cannot load, it says so itself at length; here the reason goes to who asked. A
    // filter,
    // since it sets the level itself while it loads.
    LOG.setFilter(message -> false);
    try {
      return OpenCLLoader.isOpenCLAvailable();
    } finally {
      LOG.setFilter(null);
      LOG.setLevel(Level.SEVERE);
    }
  }

  /** Whether Aparapi's native library and an OpenCL loader are here. */
  static boolean isLoaded() {
    return LOADED;
  }

  /** All devices, in the order of {@link DeviceInfo#BEST_FIRST}. */
  static List<Found> list() {
    List<Found> found = new ArrayList<>();
    if (LOADED) {
      for (OpenCLDevice device : OpenCLDevice.listDevices(null)) {
        found.add(new Found(device, info(device)));
      }
    }
    found.sort(Comparator.comparing(Found::info, DeviceInfo.BEST_FIRST));
    return found;
  }

  private static DeviceInfo info(OpenCLDevice device) {
    DeviceInfo.Kind kind =
        device.getType() == Device.TYPE.GPU
            ? DeviceInfo.Kind.GPU
            : device.getType() == Device.TYPE.CPU
                ? DeviceInfo.Kind.CPU
                : DeviceInfo.Kind.ACCELERATOR;
    return new DeviceInfo(
        device.getName(),
        device.getOpenCLPlatform().getName(),
        device.getOpenCLPlatform().getVersion(),
        kind,
        device.getMaxComputeUnits(),
        device.getGlobalMemSize(),
        device.getMaxMemAllocSize(),
        device.getLocalMemSize(),
        device.getMaxWorkGroupSize(),
        1,
        false,
        false);
  }
}
