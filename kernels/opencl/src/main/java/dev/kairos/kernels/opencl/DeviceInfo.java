// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

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

  /** Sorts of devices, the preferred first. */
  public enum Kind {
    /** A graphics processor. */
    GPU,
    /** Another accelerator. */
    ACCELERATOR,
    /** A processor. */
    CPU
  }
}
