// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The lifetime of the tensors made while it is the engine's innermost scope. Closing it hands their
 * buffers back to the engine's pool, so a loop that opens a scope per turn allocates nothing after
 * the first. A tensor of a closed scope can no longer be used and says so.
 */
public final class Scope implements AutoCloseable {
  private final Engine engine;
  private final List<Buffer> buffers = new ArrayList<>();
  private boolean closed;

  Scope(Engine engine) {
    this.engine = engine;
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
