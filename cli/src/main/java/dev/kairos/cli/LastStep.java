// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.training.Progress;

/** Passes progress on and remembers how far it came. */
final class LastStep implements Progress {
  private final Progress next;
  private String task = "";
  private long total;
  private long done;

  LastStep(Progress next) {
    this.next = next;
  }

  @Override
  public void start(String newTask, long newTotal) {
    task = newTask;
    total = newTotal;
    done = 0;
    next.start(newTask, newTotal);
  }

  @Override
  public void step(long newDone, double loss) {
    done = newDone;
    next.step(newDone, loss);
  }

  @Override
  public void note(String message) {
    next.note(message);
  }

  @Override
  public void finish() {
    next.finish();
  }

  @Override
  public String toString() {
    return task + " step " + done + " of " + total;
  }
}
