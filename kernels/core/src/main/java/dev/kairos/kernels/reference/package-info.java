// SPDX-License-Identifier: Apache-2.0
/**
 * The definition of right: {@link dev.kairos.kernels.reference.ReferenceBackend} computes every
 * primitive as its formula says, in {@code double}, and every other backend is held against it.
 */
package dev.kairos.kernels.reference;
