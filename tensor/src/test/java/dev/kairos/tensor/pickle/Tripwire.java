// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import java.util.concurrent.atomic.AtomicBoolean;

/** Knows whether a class that only files name has been loaded. */
final class Tripwire {
  private static final AtomicBoolean TOUCHED = new AtomicBoolean();

  private Tripwire() {}

  static boolean touched() {
    return TOUCHED.get();
  }

  /** Trips as soon as it is initialised. */
  static final class Loaded {
    static {
      TOUCHED.set(true);
    }

    private Loaded() {}

    static void touch() {}
  }
}
