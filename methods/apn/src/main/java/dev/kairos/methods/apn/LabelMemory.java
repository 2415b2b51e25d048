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
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The newest pseudo actions of each recording and the step at which they were made, as a training's
 * checkpoint holds them. Used by one thread.
 */
final class LabelMemory {
  private final List<MarkedPoints> points;
  private final int[] lengths;
  private final PseudoActions[] actions;
  private final long[] made;

  /**
   * Nothing yet.
   *
   * @param points of each recording
   * @param lengths snippets T of each
   */
  LabelMemory(List<MarkedPoints> points, int[] lengths) {
    this.points = List.copyOf(points);
    this.lengths = lengths.clone();
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
    state.arrays("pseudo-actions", this::save, saved -> restore(saved, state.done()));
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

  private void restore(Map<String, NpyArray> saved, long done) {
    NpyArray steps = saved.get("made");
    NpyArray clusters = saved.get("clusters");
    if (steps == null || clusters == null || steps.size() != made.length) {
      throw new IllegalArgumentException(
          "pseudo actions of other recordings: " + saved.keySet() + " for " + made.length);
    }
    long[] restored = steps.toLongs();
    PseudoActions[] each = new PseudoActions[made.length];
    Reader reader = new Reader(clusters.toInts());
    for (int v = 0; v < each.length; v++) {
      if (restored[v] < RefreshSchedule.NEVER_MADE || restored[v] >= done) {
        throw new IllegalArgumentException(
            "pseudo actions: made at step " + restored[v] + " of " + done);
      }
      each[v] = reader.next(points.get(v), restored[v] != RefreshSchedule.NEVER_MADE);
      if (each[v].rounds() > 0) {
        requireCover(each[v], lengths[v]);
        requireBetween(each[v].divisions(), points.get(v));
      }
    }
    reader.requireEnd();
    System.arraycopy(restored, 0, made, 0, made.length);
    System.arraycopy(each, 0, actions, 0, actions.length);
  }

  /** Actions and background hold each snippet once. */
  private static void requireCover(PseudoActions found, int length) {
    List<Interval> all = new ArrayList<>(found.intervals());
    found.background().forEach(b -> all.add(b.snippets()));
    all.sort(Comparator.comparingInt(Interval::start).thenComparingInt(Interval::end));
    int covered = 0;
    for (Interval each : all) {
      if (each.start() != covered || each.length() == 0) {
        throw new IllegalArgumentException(
            "pseudo actions: " + each + " where snippet " + covered + " must follow");
      }
      covered = each.end();
    }
    if (covered != length) {
      throw new IllegalArgumentException(
          "pseudo actions: of " + covered + " snippets, but the recording has " + length);
    }
  }

  private static void requireBetween(List<Integer> divisions, MarkedPoints points) {
    boolean fits = divisions.size() == points.count() - 1;
    for (int k = 0; k < divisions.size() && fits; k++) {
      fits = points.snippet(k) <= divisions.get(k) && divisions.get(k) < points.snippet(k + 1);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "pseudo actions: divisions " + divisions + " do not part the points");
    }
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
        background.add(background());
      }
      List<Integer> divisions = new ArrayList<>();
      for (int k = count(1); k > 0; k--) {
        divisions.add(number());
      }
      if ((rounds > 0) != (wasMade && points.count() > 0) || rounds < 0) {
        throw new IllegalArgumentException("pseudo actions: made in " + rounds + " rounds");
      }
      return new PseudoActions(actions, background, divisions, rounds);
    }

    private BackgroundInstance background() {
      Interval snippets = interval();
      int medoid = number();
      if (medoid < snippets.start() || medoid >= snippets.end()) {
        throw new IllegalArgumentException(
            "pseudo actions: background " + snippets + " with medoid " + medoid);
      }
      return new BackgroundInstance(snippets, medoid);
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
