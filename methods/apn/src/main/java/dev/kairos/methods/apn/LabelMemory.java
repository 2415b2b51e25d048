// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.methods.apn.medoids.MarkedPoints;
import dev.kairos.methods.apn.medoids.PseudoActions;
import dev.kairos.methods.apn.medoids.PseudoActions.BackgroundInstance;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.apn.medoids.RefreshSchedule;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.training.TrainingState;
import dev.kairos.tensor.io.NpyArray;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The newest pseudo actions of each recording and the step at which they were made, as a training's
 * checkpoint holds them. Used by one thread.
 */
final class LabelMemory {
  private final List<MarkedPoints> points;
  private final PseudoActions[] actions;
  private final long[] made;

  /**
   * Nothing yet.
   *
   * @param points of each recording
   */
  LabelMemory(List<MarkedPoints> points) {
    this.points = List.copyOf(points);
    this.actions = new PseudoActions[points.size()];
    this.made = new long[points.size()];
    clear();
  }

  /** Forgets all. */
  void clear() {
    Arrays.fill(actions, PseudoActions.NONE);
    Arrays.fill(made, RefreshSchedule.NEVER_MADE);
  }

  /** The points of a recording. */
  MarkedPoints points(int recording) {
    return points.get(recording);
  }

  /** At which step those of a recording were made, or {@link RefreshSchedule#NEVER_MADE}. */
  long made(int recording) {
    return made[recording];
  }

  /** The newest of a recording; {@link PseudoActions#NONE} before the first. */
  PseudoActions of(int recording) {
    return actions[recording];
  }

  void put(int recording, PseudoActions newest, long step) {
    actions[recording] = newest;
    made[recording] = step;
  }

  void remember(TrainingState state) {
    state.arrays("pseudo-actions", this::save, this::restore);
  }

  private Map<String, NpyArray> save() {
    IntArrayList numbers = new IntArrayList();
    for (PseudoActions each : actions) {
      numbers.add(each.rounds());
      numbers.add(each.actions().size());
      each.actions().forEach(a -> add(numbers, a.snippets(), a.medoid()));
      numbers.add(each.background().size());
      each.background().forEach(b -> add(numbers, b.snippets(), b.medoid()));
      numbers.add(each.divisions().size());
      numbers.addAll(each.divisions());
    }
    return Map.of(
        "made", NpyArray.ofLongs(made.clone(), made.length),
        "clusters", NpyArray.ofInts(numbers.toIntArray(), numbers.size()));
  }

  private static void add(IntArrayList numbers, Interval snippets, int medoid) {
    numbers.add(snippets.start());
    numbers.add(snippets.end());
    numbers.add(medoid);
  }

  private void restore(Map<String, NpyArray> saved) {
    NpyArray steps = saved.get("made");
    NpyArray clusters = saved.get("clusters");
    if (steps == null || clusters == null || steps.size() != made.length) {
      throw new IllegalArgumentException(
          "pseudo actions of other recordings: " + saved.keySet() + " for " + made.length);
    }
    System.arraycopy(steps.toLongs(), 0, made, 0, made.length);
    Reader reader = new Reader(clusters.toInts());
    for (int v = 0; v < actions.length; v++) {
      actions[v] = reader.next(points.get(v), made[v] != RefreshSchedule.NEVER_MADE);
    }
    reader.requireEnd();
  }

  /** Takes what {@link #save} wrote, number by number. */
  private static final class Reader {
    private final int[] numbers;
    private int at;

    Reader(int[] numbers) {
      this.numbers = numbers;
    }

    PseudoActions next(MarkedPoints points, boolean wasMade) {
      int rounds = number();
      int count = count(3);
      if (count != (wasMade ? points.count() : 0)) {
        throw new IllegalArgumentException(
            "pseudo actions: " + count + " of a recording with " + points.count() + " points");
      }
      List<PseudoAction> actions = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        actions.add(new PseudoAction(points.points().get(k), interval(), number()));
      }
      List<BackgroundInstance> background = new ArrayList<>();
      for (int k = count(3); k > 0; k--) {
        background.add(new BackgroundInstance(interval(), number()));
      }
      List<Integer> divisions = new ArrayList<>();
      for (int k = count(1); k > 0; k--) {
        divisions.add(number());
      }
      return new PseudoActions(actions, background, divisions, rounds);
    }

    private int number() {
      if (at == numbers.length) {
        throw new IllegalArgumentException("pseudo actions: they break off");
      }
      return numbers[at++];
    }

    private int count(int each) {
      int count = number();
      if (count < 0 || count > (numbers.length - at) / each) {
        throw new IllegalArgumentException("pseudo actions: a count of " + count);
      }
      return count;
    }

    private Interval interval() {
      return new Interval(number(), number());
    }

    void requireEnd() {
      if (at != numbers.length) {
        throw new IllegalArgumentException("pseudo actions: of more recordings");
      }
    }
  }
}
