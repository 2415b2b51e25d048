// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/**
 * A flat array of elements that one {@link Backend} owns: host memory in one backend, device memory
 * in another. Only the backend that allocated a buffer can use it; its memory never shows.
 */
public interface Buffer {
  /** Number of elements. */
  int length();

  /** Whether the elements are whole numbers ({@code int}) rather than reals. */
  boolean isIndices();
}
