// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the pseudo actions that a training makes of points changed: for some of its recordings what
 * they were whenever it looked, and how good those of all recordings were where that was asked for.
 *
 * @param pointSource where the points come from, for people; may be empty
 * @param recordings that are shown, empty for a training that never looked
 * @param looks in the order of their steps
 */
public record PseudoActionHistory(
    String pointSource, List<MarkedRecording> recordings, List<Look> looks) {
  /** Of a run without such labels. */
  public static final PseudoActionHistory NONE = new PseudoActionHistory("", List.of(), List.of());

  /** Copies the lists, and checks that looks and recordings belong together. */
  public PseudoActionHistory {
    recordings = List.copyOf(recordings);
    looks = List.copyOf(looks);
    Look before = null;
    for (Look look : looks) {
      look.requireOf(recordings);
      require(before == null || before.step() < look.step(), "looks must go by ascending steps");
      before = look;
    }
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("pseudo actions: " + rule);
    }
  }

  /**
   * What does not change of a recording that was learned from.
   *
   * @param id its name
   * @param duration in seconds, positive
   * @param points in time order
   * @param truth annotated actions; empty where they may not be looked at
   */
  public record MarkedRecording(
      String id, double duration, List<MarkedMoment> points, List<ActionInstance> truth) {
    /** Copies the lists. */
    public MarkedRecording {
      points = List.copyOf(points);
      truth = List.copyOf(truth);
      require(duration > 0 && Double.isFinite(duration), "a duration of " + duration);
    }
  }

  /**
   * A point: a moment inside an action.
   *
   * @param seconds when
   * @param labels names of its classes, at least one
   */
  public record MarkedMoment(double seconds, List<String> labels) {
    /** Copies the list. */
    public MarkedMoment {
      labels = List.copyOf(labels);
      require(seconds >= 0 && Double.isFinite(seconds), "a point at " + seconds);
      require(!labels.isEmpty(), "a point without a class");
    }
  }

  /**
   * What was found before a step.
   *
   * @param epoch how many were done
   * @param step how many were done
   * @param found in each of the recordings that are shown
   * @param quality of those of all recordings; null where segments may not be looked at
   */
  public record Look(long epoch, long step, List<Found> found, @Nullable Quality quality) {
    /** Copies the list. */
    public Look {
      found = List.copyOf(found);
      require(epoch >= 0 && step >= 0, "epoch " + epoch + ", step " + step);
    }

    private void requireOf(List<MarkedRecording> recordings) {
      require(
          found.size() == recordings.size(),
          found.size() + " recordings at step " + step + ", not " + recordings.size());
      for (int v = 0; v < found.size(); v++) {
        int points = recordings.get(v).points().size();
        require(
            found.get(v).actions().size() == points,
            found.get(v).actions().size() + " actions of " + points + " points at step " + step);
      }
    }
  }

  /**
   * The pseudo actions of one recording, in seconds.
   *
   * @param actions one for each point, in the order of the points
   * @param divisions where neighbouring points part before background is mined
   * @param background between the actions
   */
  public record Found(List<Segment> actions, List<Double> divisions, List<Segment> background) {
    /** Copies the lists. */
    public Found {
      actions = List.copyOf(actions);
      divisions = List.copyOf(divisions);
      background = List.copyOf(background);
      for (double division : divisions) {
        require(division >= 0 && Double.isFinite(division), "a division at " + division);
      }
    }
  }

  /**
   * Pseudo actions held against annotated ones. Errors are in seconds, and positive where a
   * boundary comes late.
   *
   * @param low mAP at low thresholds, as THUMOS14 has them
   * @param high mAP at high thresholds, as ActivityNet has them
   * @param compared labels of pseudo actions whose annotated action is known
   * @param missed labels whose point lies in no annotated action of the class
   * @param starts errors of the starts of those compared
   * @param ends errors of their ends
   */
  public record Quality(
      Precision low, Precision high, long compared, long missed, Errors starts, Errors ends) {
    /** Checks the counts. */
    public Quality {
      require(compared >= 0 && missed >= 0, compared + " compared, " + missed + " missed");
    }
  }

  /**
   * Mean average precision at some thresholds, as fractions.
   *
   * @param tious thresholds, at least one
   * @param map at each of them
   */
  public record Precision(List<Double> tious, List<Double> map) {
    /** Checks that each threshold has its value. */
    public Precision {
      tious = List.copyOf(tious);
      map = List.copyOf(map);
      require(
          !tious.isEmpty() && tious.size() == map.size(),
          map.size() + " values of mAP at " + tious.size() + " thresholds");
      for (int i = 0; i < map.size(); i++) {
        require(isShare(tious.get(i)) && tious.get(i) > 0, "a tIoU of " + tious.get(i));
        require(isShare(map.get(i)), "a mAP of " + map.get(i));
      }
    }

    private static boolean isShare(double value) {
      return value >= 0 && value <= 1;
    }

    /** The mean over the thresholds. */
    public double average() {
      return map.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }

  /**
   * Errors of boundaries in seconds; both NaN where none was compared.
   *
   * @param mean with their signs
   * @param meanAbsolute of their magnitudes
   */
  public record Errors(double mean, double meanAbsolute) {
    /** Checks that the mean is no larger than that of the magnitudes. */
    public Errors {
      boolean none = Double.isNaN(mean) && Double.isNaN(meanAbsolute);
      require(
          none || (Double.isFinite(meanAbsolute) && Math.abs(mean) <= meanAbsolute * (1 + 1e-9)),
          "a mean error of " + mean + " beside a mean magnitude of " + meanAbsolute);
    }
  }
}
