// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What else happened to the points, for the page and for the terminal. */
public final class Notices implements Consumer<String> {
  private final List<String> all = new ArrayList<>();
  private final Consumer<String> terminal;

  /**
   * None yet.
   *
   * @param terminal told each of them, too
   */
  public Notices(Consumer<String> terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void accept(String notice) {
    all.add(notice);
    terminal.accept(notice);
  }

  /** How many there were. */
  public synchronized int count() {
    return all.size();
  }

  synchronized String last() {
    return all.isEmpty() ? "" : all.get(all.size() - 1);
  }
}
