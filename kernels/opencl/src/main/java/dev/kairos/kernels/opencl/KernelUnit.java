// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import java.util.List;

/**
 * Kernels that are compiled together, when the first of them is asked for.
 *
 * @param text OpenCL C, without the macros that cut it for a device
 * @param kernels their names
 */
public record KernelUnit(String text, List<String> kernels) {}
