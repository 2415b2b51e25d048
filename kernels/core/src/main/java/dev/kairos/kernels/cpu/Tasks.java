// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import java.util.function.IntConsumer;

/** Runs numbered tasks, on one thread or on several. */
public interface Tasks {
  /** Everything on the calling thread. */
  Tasks ALONE =
      new Tasks() {
        @Override
        public int threads() {
          return 1;
        }

        @Override
        public void run(int tasks, IntConsumer body) {
          for (int i = 0; i < tasks; i++) {
            body.accept(i);
          }
        }
      };

  /** How many threads share the tasks, the caller included. */
  int threads();

  /**
   * Runs tasks 0 to {@code tasks - 1} and returns when all are done. Which thread runs which task
   * is open. A task must not call this again.
   */
  void run(int tasks, IntConsumer body);
}
