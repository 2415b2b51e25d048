// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of the calling thread: what a busy neighbour takes is not counted. */
final class CpuClock {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuClock() {}

  /** Nanoseconds so far. */
  static long now() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Nanoseconds that the work takes. */
  static long time(Runnable work) {
    long start = now();
    work.run();
    return now() - start;
  }
}
