// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that may use an engine: the one that opened it, until it hands over or ends; then
 * the next that asks. Asking costs one read of memory, so every operation asks.
 */
final class Owner {
  private final AtomicReference<@Nullable Thread> owner =
      new AtomicReference<>(Thread.currentThread());

  /**
   * Refuses every thread but the owner.
   *
   * @param what is about to be done, for the message
   * @param engine for the message
   */
  void require(String what, Engine engine) {
    if (owner.get() != Thread.currentThread()) {
      take(what, engine);
    }
  }

  /** Whether the caller is the owner; unlike {@link #require}, this takes nothing. */
  boolean isCaller() {
    return owner.get() == Thread.currentThread();
  }

  private void take(String what, Engine engine) {
    Thread caller = Thread.currentThread();
    Thread before = owner.get();
    boolean free = before == null || !before.isAlive();
    if (!free || !owner.compareAndSet(before, caller)) {
      throw new IllegalStateException(refusal(what, engine, owner.get(), caller));
    }
  }

  /** Leaves the engine to the next thread that uses it. */
  void release() {
    owner.set(null);
  }

  private static String refusal(
      String what, Engine engine, @Nullable Thread before, Thread caller) {
    return what
        + ": "
        + engine
        + " belongs to thread '"
        + (before == null ? "another" : before.getName())
        + "' and was used by thread '"
        + caller.getName()
        + "'; open an engine for each thread, or let its thread call handOver() when it is done"
        + " with it";
  }
}
