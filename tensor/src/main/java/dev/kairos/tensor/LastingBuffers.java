// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Buffer;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The buffers of tensors outside every scope. Such a buffer goes back when nobody knows a tensor of
 * it any more, or with the engine.
 */
final class LastingBuffers {
  /** A buffer, and whether its tensors are still known. */
  private static final class Held extends WeakReference<Storage> {
    final Buffer buffer;

    Held(Storage storage, ReferenceQueue<Storage> unknown) {
      super(storage, unknown);
      this.buffer = storage.buffer();
    }
  }

  private final Consumer<Buffer> release;
  private final Set<Held> held = new HashSet<>();
  private final ReferenceQueue<Storage> unknown = new ReferenceQueue<>();

  /**
   * None yet.
   *
   * @param release takes each buffer that goes back
   */
  LastingBuffers(Consumer<Buffer> release) {
    this.release = release;
  }

  /** Adds the buffer of a new tensor. */
  void add(Storage storage) {
    held.add(new Held(storage, unknown));
  }

  /** Gives back what nobody knows any more. Not called while an operation looks at a buffer. */
  void releaseUnknown() {
    for (Object gone = unknown.poll(); gone != null; gone = unknown.poll()) {
      if (gone instanceof Held each && held.remove(each)) {
        release.accept(each.buffer);
      }
    }
  }

  /** Gives back all. */
  void releaseAll() {
    held.forEach(each -> release.accept(each.buffer));
    held.clear();
  }
}
