// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import dev.kairos.kernels.KairosException;
import dev.kairos.methods.data.PointEditor;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.tal.ActionInstance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the page may ask for, each as the body of an answer; for any number of windows at once. */
public final class Labelling {
  private static final int LONGEST_INDEX = 9;

  private final LabelTask task;
  private final Notices notices;
  private int set;
  private int removed;
  private int failed;
  private String failure = "";

  /**
   * Nothing set yet.
   *
   * @param notices those that the editor of the points tells
   */
  public Labelling(LabelTask task, Notices notices) {
    this.task = task;
    this.notices = notices;
  }

  /** How many points were set. */
  public synchronized int added() {
    return set;
  }

  /** How many points were taken away. */
  public synchronized int removed() {
    return removed;
  }

  /** How many clicks could not be written. */
  public synchronized int failed() {
    return failed;
  }

  /** Why the last of them could not. */
  public synchronized String failure() {
    return failure;
  }

  byte[] set() throws IOException {
    lookOutside();
    return LabelJson.set(task, task.points().state(), notices);
  }

  byte[] state() throws IOException {
    lookOutside();
    return LabelJson.state(task.points().state().revision(), notices);
  }

  /** A file that cannot be read now may be whole again before the next click. */
  private void lookOutside() {
    try {
      task.points().refresh();
    } catch (IOException | KairosException e) {
      String words = String.valueOf(e.getMessage());
      if (!notices.last().equals(words)) {
        notices.accept(words);
      }
    }
  }

  byte[] add(LabelJson.Click click) throws IOException {
    boolean done = written(() -> task.points().add(click.id(), click.point()));
    synchronized (this) {
      set += done ? 1 : 0;
    }
    return after(click);
  }

  byte[] remove(LabelJson.Click click) throws IOException {
    boolean done = written(() -> task.points().remove(click.id(), click.point()));
    synchronized (this) {
      removed += done ? 1 : 0;
    }
    return after(click);
  }

  /** A change of the file. */
  @FunctionalInterface
  private interface Change {
    boolean make() throws IOException;
  }

  private boolean written(Change change) throws IOException {
    try {
      return change.make();
    } catch (IOException | KairosException e) {
      synchronized (this) {
        failed++;
        failure = String.valueOf(e.getMessage());
      }
      throw e;
    }
  }

  private byte[] after(LabelJson.Click click) throws IOException {
    PointEditor.State now = task.points().state();
    return LabelJson.points(
        click.id(), now.points().getOrDefault(click.id(), List.of()), now.revision(), notices);
  }

  /** The curves of the recording at a place of the list; empty where there is none. */
  Optional<byte[]> curves(String index) throws IOException {
    Optional<Recording> recording = recording(index);
    if (recording.isEmpty()) {
      return Optional.empty();
    }
    List<ActionInstance> truth = task.showTruth() ? recording.get().instances() : List.of();
    try {
      return Optional.of(LabelJson.curves(task.curves().of(recording.get()), null, truth));
    } catch (IOException | KairosException e) { // with a video the recording can be labelled still
      return Optional.of(LabelJson.curves(List.of(), e.getMessage(), truth));
    }
  }

  Optional<Path> video(String index) {
    return recording(index).flatMap(recording -> task.videos().of(recording.id()));
  }

  private Optional<Recording> recording(String index) {
    boolean number =
        !index.isEmpty()
            && index.length() <= LONGEST_INDEX
            && index.chars().allMatch(c -> c >= '0' && c <= '9');
    int place = number ? Integer.parseInt(index) : Integer.MAX_VALUE;
    return place < task.recordings().size()
        ? Optional.of(task.recordings().get(place))
        : Optional.empty();
  }
}
