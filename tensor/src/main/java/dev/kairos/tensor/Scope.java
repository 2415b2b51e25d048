// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;
import java.util.function.Consumer;

/**
 * The lifetime of the tensors made while it is the engine's innermost scope. Closing it hands their
 * buffers back to the engine's pool, so a loop that opens a scope per turn allocates nothing after
 * the first. A tensor of a closed scope can no longer be used and says so.
 */
public final class Scope implements AutoCloseable {
  private final Engine engine;
  private final List<Storage> storages;
  private boolean closed;

  /**
   * A scope.
   *
   * @param storages an empty list, which goes back to the engine with what it then holds
   */
  Scope(Engine engine, List<Storage> storages) {
    this.engine = engine;
    this.storages = storages;
  }

  void adopt(Storage storage) {
    storages.add(storage);
  }

  Temporaries temporaries() {
    return new Temporaries(engine, storages);
  }

  void forEachStorage(Consumer<Storage> each) {
    storages.forEach(each);
  }

  boolean isClosed() {
    return closed;
  }

  /** Hands the buffers back; must be the innermost open scope. */
  @Override
  public void close() {
    if (!closed) {
      engine.leave(this, storages);
      closed = true;
    }
  }
}
