// SPDX-License-Identifier: Apache-2.0
/**
 * Backends on OpenCL devices. {@link dev.kairos.kernels.opencl.OpenClBackend} keeps everything on
 * the device and knows the device only through {@link dev.kairos.kernels.opencl.Device}; the
 * kernels are the {@code .cl} texts beside it. Package {@code jocl} drives devices with JOCL,
 * package {@code aparapi} calls the products of the same texts on arrays of the host.
 */
@org.jspecify.annotations.NullMarked
package dev.kairos.kernels.opencl;
