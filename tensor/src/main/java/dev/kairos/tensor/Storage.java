// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Strided;

/**
 * A buffer, and when it was last overwritten. All views of one memory share it, and it goes back to
 * the engine's pool with the buffer.
 */
final class Storage {
  private final Buffer buffer;
  private final boolean shared;
  private long written;
  private long kept;

  Storage(Buffer buffer) {
    this(buffer, false);
  }

  /**
   * A buffer.
   *
   * @param shared whether others read its memory too, so that nobody may write into it
   */
  Storage(Buffer buffer, boolean shared) {
    this.buffer = buffer;
    this.shared = shared;
  }

  /** Whether nobody may write into it. */
  boolean isShared() {
    return shared;
  }

  Buffer buffer() {
    return buffer;
  }

  /** Number of elements. */
  int length() {
    return buffer.length();
  }

  /** A shape's elements from an offset, in rows without gaps. */
  Strided view(Shape shape, int offset) {
    return shape.in(Strided.contiguous(buffer, buffer.length()), offset);
  }

  /** The number of the engine's writes that last overwrote an element; 0 for none. */
  long written() {
    return written;
  }

  void written(long number) {
    written = number;
  }

  /** The number of the last release that was to spare it; 0 for none. */
  long kept() {
    return kept;
  }

  void kept(long number) {
    kept = number;
  }
}
