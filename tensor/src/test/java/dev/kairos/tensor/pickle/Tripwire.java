// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows whether a class that only files name has been loaded. */
final class Tripwire {
  private static final Set<String> TOUCHED = ConcurrentHashMap.newKeySet();

  private Tripwire() {}

  static boolean touched() {
    return TOUCHED.contains("Loaded");
  }

  /** Whether the wire works: trips it by another class. */
  static boolean works() {
    Control.touch();
    return TOUCHED.contains("Control");
  }

  /** Trips as soon as it is initialised; named by files and by nobody else. */
  static final class Loaded {
    static {
      TOUCHED.add("Loaded");
    }

    private Loaded() {}
  }

  private static final class Control {
    static {
      TOUCHED.add("Control");
    }

    private Control() {}

    static void touch() {}
  }
}
