// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

/**
 * A listener to the progress of long work. One task at a time: {@link #start}, any number of {@link
 * #step} and {@link #note}, {@link #finish}. Calls come from one thread and return quickly.
 */
public interface Progress {
  /** Tells nobody. */
  Progress NONE =
      new Progress() {
        @Override
        public void start(String task, long total) {}

        @Override
        public void step(long done, double loss) {}

        @Override
        public void note(String message) {}

        @Override
        public void finish() {}
      };

  /**
   * Begins a task.
   *
   * @param task what is done, for people
   * @param total steps it takes, 0 when that is not known
   */
  void start(String task, long total);

  /**
   * Reports how many steps are done.
   *
   * @param done steps since {@link #start}, or the step a resumed run is at
   * @param loss the loss now, NaN when there is none
   */
  void step(long done, double loss);

  /** Says something that is worth a line of its own. */
  void note(String message);

  /** Ends the task. */
  void finish();
}
