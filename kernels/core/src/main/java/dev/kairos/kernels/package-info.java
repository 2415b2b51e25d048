// SPDX-License-Identifier: Apache-2.0
/**
 * Numbers in flat buffers and the loops over them. {@link dev.kairos.kernels.Backend} is the whole
 * interface; {@link dev.kairos.kernels.reference.ReferenceBackend} is its definition in plain
 * {@code double} loops, and {@link dev.kairos.kernels.cpu.CpuBackend} is the fast one. Nothing here
 * knows a tensor, a gradient or a video. Begin reading at {@code Backend}.
 */
package dev.kairos.kernels;
