// SPDX-License-Identifier: Apache-2.0
/**
 * Tensor files as arrays in memory: NumPy {@code .npy} and {@code .npz}, and safetensors. Knows the
 * formats and nothing about data sets, tapes or backends. Begin reading at {@link
 * dev.kairos.tensor.io.NpyArray} and {@link dev.kairos.tensor.io.Npy}; every file of the project is
 * written through {@link dev.kairos.tensor.io.AtomicFiles}.
 *
 * <p>Readers trust nothing: no memory is taken for elements before the file is known to hold them.
 * A file that cannot be what it claims is a {@link dev.kairos.tensor.io.DataFormatException}:
 *
 * <ul>
 *   <li>{@code KFMT-001}: not there, or no regular file
 *   <li>{@code KFMT-002}: not a {@code .npy} file, or a header that breaks the format
 *   <li>{@code KFMT-003}: elements of a type that is not read, such as Python objects
 *   <li>{@code KFMT-004}: fewer or more bytes than announced
 *   <li>{@code KFMT-005}: an element that its type does not allow
 *   <li>{@code KFMT-006}: not a whole {@code .npz} archive, or one that breaks a limit
 *   <li>{@code KFMT-007}: not a safetensors file, or a header that breaks the format
 * </ul>
 */
package dev.kairos.tensor.io;
