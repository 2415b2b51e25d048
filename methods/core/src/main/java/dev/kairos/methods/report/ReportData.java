// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a run's report.
 *
 * @param title heading of the page
 * @param provenance where the numbers come from, name to value, in order
 * @param config the configuration as TOML, empty when there is none
 * @param notes what the reader has to know about the numbers, a sentence each
 * @param scores the evaluation, null where nothing was evaluated
 * @param others what to compare the scores with, name to mAP at each threshold, possibly none
 * @param losses training curves, possibly none
 * @param learningRates the learning rate of each step; none of before it was noted
 * @param recordings in the order to show them
 * @param stages what changed from stage to stage, empty where there was but one
 * @param labels how labels that the training renewed itself changed
 * @param pseudoActions how those changed that the training made of points
 * @param validation how it scored on what it held out
 */
public record ReportData(
    String title,
    Map<String, String> provenance,
    String config,
    List<String> notes,
    @Nullable Scores scores,
    Map<String, List<Double>> others,
    List<Curve> losses,
    List<Curve> learningRates,
    List<Timeline> recordings,
    StageHistory stages,
    LabelHistory labels,
    PseudoActionHistory pseudoActions,
    ValidationHistory validation) {

  /** Keeps the lists from change. */
  public ReportData {
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    notes = List.copyOf(notes);
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    losses = List.copyOf(losses);
    learningRates = List.copyOf(learningRates);
    recordings = List.copyOf(recordings);
  }

  /** The same with nothing to compare with, of one stage. */
  public ReportData(
      String title,
      Map<String, String> provenance,
      String config,
      List<String> notes,
      @Nullable Scores scores,
      List<Curve> losses,
      List<Timeline> recordings) {
    this(
        title,
        provenance,
        config,
        notes,
        scores,
        Map.of(),
        losses,
        List.of(),
        recordings,
        StageHistory.NONE,
        LabelHistory.NONE,
        PseudoActionHistory.NONE,
        ValidationHistory.NONE);
  }

  /** The same of several stages. */
  public ReportData withStages(StageHistory history) {
    return with(history, labels, pseudoActions, learningRates, validation);
  }

  /** The same of a training that renewed its labels itself. */
  public ReportData withLabels(LabelHistory history) {
    return with(stages, history, pseudoActions, learningRates, validation);
  }

  /** The same of a training that made pseudo actions of points. */
  public ReportData withPseudoActions(PseudoActionHistory history) {
    return with(stages, labels, history, learningRates, validation);
  }

  /** The same of a training whose learning rates are known, and what it scored on the way. */
  public ReportData withValidation(List<Curve> rates, ValidationHistory history) {
    return with(stages, labels, pseudoActions, rates, history);
  }

  private ReportData with(
      StageHistory ofStages,
      LabelHistory ofLabels,
      PseudoActionHistory ofPoints,
      List<Curve> rates,
      ValidationHistory ofHeldOut) {
    return new ReportData(
        title,
        provenance,
        config,
        notes,
        scores,
        others,
        losses,
        rates,
        recordings,
        ofStages,
        ofLabels,
        ofPoints,
        ofHeldOut);
  }

  /**
   * Average precision, as fractions.
   *
   * @param about protocol, subset and weights in words; empty where nobody says
   * @param tious thresholds
   * @param map mean over classes at each threshold
   * @param average mean of {@code map}
   * @param perClass label to AP at each threshold
   */
  public record Scores(
      String about,
      List<Double> tious,
      List<Double> map,
      double average,
      Map<String, List<Double>> perClass) {
    /** Checks that everything has a value for each threshold. */
    public Scores {
      tious = List.copyOf(tious);
      map = List.copyOf(map);
      perClass = Collections.unmodifiableMap(new LinkedHashMap<>(perClass));
      int count = tious.size();
      if (count == 0
          || map.size() != count
          || perClass.values().stream().anyMatch(ap -> ap.size() != count)) {
        throw new IllegalArgumentException(
            "scores: needs a value for each of " + count + " thresholds: " + map + perClass);
      }
    }
  }

  /**
   * A number that changed over training.
   *
   * @param name what it is
   * @param points in the order of the steps
   */
  public record Curve(String name, List<Point> points) {
    /** Keeps the points from change. */
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * One point of a curve.
   *
   * @param step training step
   * @param value the number then; not finite leaves a gap
   */
  public record Point(double step, double value) {}

  /**
   * One recording.
   *
   * @param id its name
   * @param duration in seconds; where it is not positive, as long as what lies in it
   * @param truth annotated actions
   * @param detections located actions
   * @param cas class activation of the classes kept
   */
  public record Timeline(
      String id,
      double duration,
      List<ActionInstance> truth,
      List<Detection> detections,
      List<Activation> cas) {
    /** Keeps the lists from change. */
    public Timeline {
      truth = List.copyOf(truth);
      detections = List.copyOf(detections);
      cas = List.copyOf(cas);
    }

    /** Seconds to show. */
    public double seconds() {
      if (duration > 0 && Double.isFinite(duration)) {
        return duration;
      }
      List<Double> ends = new ArrayList<>(List.of(1.0));
      truth.forEach(action -> ends.add(action.segment().end()));
      detections.forEach(detection -> ends.add(detection.segment().end()));
      cas.forEach(curve -> ends.add(curve.values().size() * curve.secondsPerSnippet()));
      return Collections.max(ends);
    }
  }

  /**
   * The activation of one class over time.
   *
   * @param label class name
   * @param secondsPerSnippet seconds from one value to the next
   * @param values a value for each snippet
   */
  public record Activation(String label, double secondsPerSnippet, List<Float> values) {
    /** Keeps the values from change. */
    public Activation {
      values = List.copyOf(values);
    }
  }
}
