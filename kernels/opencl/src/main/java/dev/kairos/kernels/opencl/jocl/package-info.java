// SPDX-License-Identifier: Apache-2.0
/** OpenCL devices by way of the JOCL library, which calls the system's OpenCL loader. */
@org.jspecify.annotations.NullMarked
package dev.kairos.kernels.opencl.jocl;
