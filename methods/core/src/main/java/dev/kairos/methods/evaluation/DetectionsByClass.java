// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * The instances and detections of an evaluation by class: the one place that says which classes
 * there are, which detections belong to which of them, and what is counted of the rest.
 *
 * @param <P> a stretch of time, in the unit of the evaluation
 */
final class DetectionsByClass<P> {
  /**
   * A detection as it enters.
   *
   * @param score any number, unless its label is unknown
   */
  record Entrant<P>(String label, P place, double score) {
    /** One in seconds. */
    static Entrant<Segment> of(Detection detection) {
      return new Entrant<>(detection.label(), detection.segment(), detection.score());
    }
  }

  private final Map<String, List<ActionInstance>> truth;
  private final Map<String, ClassDetections<P>> byClass = new TreeMap<>();

  /**
   * One group for each class that has an instance.
   *
   * @param truth the annotated instances of each recording; a recording may have none
   * @param place an annotated segment in the unit of the evaluation
   * @throws IllegalArgumentException if there is no instance at all
   */
  DetectionsByClass(Map<String, List<ActionInstance>> truth, Function<Segment, P> place) {
    this.truth = truth;
    truth.forEach(
        (recording, instances) -> {
          for (ActionInstance instance : instances) {
            byClass
                .computeIfAbsent(instance.label(), label -> new ClassDetections<>())
                .instance(recording, place.apply(instance.segment()));
          }
        });
    if (byClass.isEmpty()) {
      throw new IllegalArgumentException(
          "evaluation: no annotated instance in "
              + truth.size()
              + " recordings: mAP is not defined");
    }
  }

  /** The classes, in order. */
  List<String> classes() {
    return new ArrayList<>(byClass.keySet());
  }

  /** Their instances and detections, in the same order. */
  Collection<ClassDetections<P>> all() {
    return byClass.values();
  }

  /**
   * Enters all detections whose label is a class; those of a recording without annotation too.
   *
   * @return what was entered and what was left out
   * @throws IllegalArgumentException if a score is not a number
   */
  <D> EvaluationCounts enter(Map<String, List<D>> detections, Function<D, Entrant<P>> entrant) {
    Tally tally = new Tally();
    detections.forEach(
        (recording, list) -> {
          boolean unknown = !truth.containsKey(recording);
          tally.unknownRecordings += unknown ? 1 : 0;
          int before = tally.entered;
          list.forEach(each -> enter(recording, entrant.apply(each), (of, place) -> false, tally));
          tally.unknownRecordingDetections += unknown ? tally.entered - before : 0;
        });
    return counts(tally);
  }

  /**
   * Enters the detections whose label is a class, whose recording has an instance and that are not
   * ambiguous.
   *
   * @param ambiguous whether a place of a recording shall not be judged
   * @return what was entered and what was left out
   * @throws IllegalArgumentException if a score is not a number
   */
  <D> EvaluationCounts enterUnambiguous(
      Map<String, List<D>> detections,
      Function<D, Entrant<P>> entrant,
      BiPredicate<String, P> ambiguous) {
    Tally tally = new Tally();
    detections.forEach(
        (recording, list) -> {
          if (truth.getOrDefault(recording, List.of()).isEmpty()) {
            tally.unknownRecordings++;
            tally.unknownRecordingDetections += list.size();
          } else {
            list.forEach(each -> enter(recording, entrant.apply(each), ambiguous, tally));
          }
        });
    return counts(tally);
  }

  private void enter(
      String recording, Entrant<P> entrant, BiPredicate<String, P> ambiguous, Tally tally) {
    ClassDetections<P> ofClass = byClass.get(entrant.label());
    if (ofClass == null) {
      tally.unknownLabels++;
    } else if (ambiguous.test(recording, entrant.place())) {
      tally.ambiguous++;
    } else {
      double score = Ranking.rankable(entrant.score(), entrant.label(), recording);
      ofClass.detection(recording, entrant.place(), score);
      tally.entered++;
    }
  }

  private EvaluationCounts counts(Tally tally) {
    return new EvaluationCounts(
        truth.size(),
        byClass.values().stream().mapToInt(ClassDetections::instances).sum(),
        tally.entered,
        tally.unknownLabels,
        tally.unknownRecordings,
        tally.unknownRecordingDetections,
        tally.ambiguous);
  }

  /** What has been counted so far. */
  private static final class Tally {
    int entered;
    int unknownLabels;
    int unknownRecordings;
    int unknownRecordingDetections;
    int ambiguous;
  }
}
