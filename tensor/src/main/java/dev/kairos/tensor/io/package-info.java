// SPDX-License-Identifier: Apache-2.0
/**
 * Tensor files as arrays in memory: NumPy {@code .npy} and {@code .npz}, and safetensors. Knows the
 * formats and nothing about data sets, tapes or backends.
 */
package dev.kairos.tensor.io;
