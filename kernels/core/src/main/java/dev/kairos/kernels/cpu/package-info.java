// SPDX-License-Identifier: Apache-2.0
/**
 * The fast backend on the host: {@link dev.kairos.kernels.cpu.CpuBackend} cuts the work into runs
 * and blocks and shares them among threads; {@link dev.kairos.kernels.cpu.FloatLoops} is the small
 * seam behind which the innermost loops live, scalar here and on the Vector API in {@code
 * kernels/simd}.
 */
package dev.kairos.kernels.cpu;
