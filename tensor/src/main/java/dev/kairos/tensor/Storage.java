// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Buffer;

/**
 * A buffer, and when it was last overwritten. All views of one memory share it, and it goes back to
 * the engine's pool with the buffer.
 */
final class Storage {
  private final Buffer buffer;
  private long written;

  Storage(Buffer buffer) {
    this.buffer = buffer;
  }

  Buffer buffer() {
    return buffer;
  }

  /** The number of the engine's writes that last overwrote an element; 0 for none. */
  long written() {
    return written;
  }

  void written(long number) {
    written = number;
  }
}
