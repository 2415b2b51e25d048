// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.BackendUnavailableException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a device says about itself.
 *
 * @param name the device, for example {@code NVIDIA H200}
 * @param platform the platform it belongs to
 * @param driver the version of its driver
 * @param kind what sort of device
 * @param units compute units
 * @param memoryBytes its memory
 * @param largestBytes the largest buffer
 * @param localBytes local memory of a work group
 * @param groupItems work items of a group at most
 * @param lanes single-precision numbers of its own vectors
 * @param doubles whether it computes in double precision
 * @param exactQuotients whether it can round single-precision quotients and roots correctly
 */
public record DeviceInfo(
    String name,
    String platform,
    String driver,
    Kind kind,
    int units,
    long memoryBytes,
    long largestBytes,
    long localBytes,
    int groupItems,
    int lanes,
    boolean doubles,
    boolean exactQuotients) {

  /**
   * Graphics processors first, then other accelerators, then processors; those with more compute
   * units before those with fewer.
   */
  public static final Comparator<DeviceInfo> BEST_FIRST =
      Comparator.comparing(DeviceInfo::kind).thenComparing(info -> -info.units());

  /** Sorts of devices, the preferred first. */
  public enum Kind {
    /** A graphics processor. */
    GPU,
    /** Another accelerator. */
    ACCELERATOR,
    /** A processor. */
    CPU
  }

  /** The same with so many numbers to a vector. */
  public DeviceInfo withLanes(int count) {
    return new DeviceInfo(
        name,
        platform,
        driver,
        kind,
        units,
        memoryBytes,
        largestBytes,
        localBytes,
        groupItems,
        count,
        doubles,
        exactQuotients);
  }

  /** The platform and the name. */
  public String described() {
    return platform + ": " + name;
  }

  /**
   * Chooses a device.
   *
   * @param info what each says about itself
   * @param wanted empty for the first; its number in the list, from 0; or a part of its platform's
   *     and its own name
   * @throws BackendUnavailableException if there is none such, naming those that are
   */
  public static <T> T choose(List<T> devices, Function<T, DeviceInfo> info, String wanted) {
    List<String> names = devices.stream().map(each -> info.apply(each).described()).toList();
    String asked = wanted.strip().toLowerCase(Locale.ROOT);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      if (asked.equals(Integer.toString(i))
          || names.get(i).toLowerCase(Locale.ROOT).contains(asked)) {
        return devices.get(i);
      }
      all.append(i == 0 ? "" : "; ").append(i).append(": ").append(names.get(i));
    }
    throw new BackendUnavailableException(
        "no OpenCL device is called " + wanted, "there are " + all);
  }
}
