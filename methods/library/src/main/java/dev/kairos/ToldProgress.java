// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import dev.kairos.methods.training.Progress;
import java.util.ArrayList;
import java.util.List;

/** Tells a program's listener, and keeps what is worth a sentence. */
final class ToldProgress implements Progress {
  private final TrainingProgress listener;
  private final List<String> notes = new ArrayList<>();
  private String task = "";
  private long total;

  ToldProgress(TrainingProgress listener) {
    this.listener = listener;
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void start(String newTask, long newTotal) {
    task = newTask;
    total = newTotal;
  }

  @Override
  public void step(long done, double loss) {
    listener.at(task, done, total, loss);
  }

  @Override
  public void note(String message) {
    notes.add(message);
  }

  @Override
  public void finish() {}
}
