// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/**
 * What a sort gives.
 *
 * @param values the elements in their order; a gradient goes back to where each came from
 * @param indices the position that each had before, as whole numbers
 * @param <T> the implementing type
 */
public record Sorted<T extends TensorOps<T>>(T values, T indices) {}
