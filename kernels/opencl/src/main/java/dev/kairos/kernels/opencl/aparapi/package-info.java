// SPDX-License-Identifier: Apache-2.0
/**
 * Products and convolutions on OpenCL devices by way of the Aparapi library, which is given arrays
 * of the host and brings them there and back with each call.
 *
 * <p>Aparapi's own way of calling kernels from annotated interfaces is not safe: it pins arrays
 * more often than it lets them go, so that the collector stops for ever, and most mistakes end the
 * JVM. So the interfaces here only declare; {@link dev.kairos.kernels.opencl.aparapi.KernelCall}
 * checks a call, and {@link dev.kairos.kernels.opencl.aparapi.HostProgram} makes it with a kernel
 * object of its own. Begin with {@link dev.kairos.kernels.opencl.aparapi.AparapiBackend}.
 */
@org.jspecify.annotations.NullMarked
package dev.kairos.kernels.opencl.aparapi;
