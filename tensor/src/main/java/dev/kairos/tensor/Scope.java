// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Buffer;
import java.util.List;

/**
 * The lifetime of the tensors made while it is the engine's innermost scope. Closing it hands their
 * buffers back to the engine's pool, so a loop that opens a scope per turn allocates nothing after
 * the first. A tensor of a closed scope can no longer be used and says so.
 */
public final class Scope implements AutoCloseable {
  private final Engine engine;
  private final List<Buffer> buffers;
  private boolean closed;

  /**
   * A scope.
   *
   * @param buffers an empty list, which goes back to the engine with what it then holds
   */
  Scope(Engine engine, List<Buffer> buffers) {
    this.engine = engine;
    this.buffers = buffers;
  }

  void adopt(Buffer buffer) {
    buffers.add(buffer);
  }

  boolean isClosed() {
    return closed;
  }

  /** Hands the buffers back; must be the innermost open scope. */
  @Override
  public void close() {
    if (!closed) {
      engine.leave(this, buffers);
      closed = true;
    }
  }
}
