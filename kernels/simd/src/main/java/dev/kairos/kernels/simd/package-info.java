// SPDX-License-Identifier: Apache-2.0
/**
 * Single precision on the Vector API. Begin at {@link dev.kairos.kernels.simd.SimdProvider}; the
 * loops are {@code VectorLoops}, the elementary functions {@code VectorMath}, the matrix product
 * {@code VectorGemm}. Nothing here is used by name: the provider is found as a service.
 *
 * <p>All code keeps to lanewise add, multiply, divide, square root, fused multiply-add, comparison
 * and integer operations, whose bits are the same in the interpreter and in compiled code.
 */
package dev.kairos.kernels.simd;
