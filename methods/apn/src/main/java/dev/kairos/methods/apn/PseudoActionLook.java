// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.methods.apn.medoids.ActionRule;
import dev.kairos.methods.apn.medoids.FeatureRows;
import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import dev.kairos.methods.apn.medoids.PseudoActionQuality;
import dev.kairos.methods.apn.medoids.PseudoActions;
import dev.kairos.methods.apn.medoids.RefreshSchedule;
import dev.kairos.methods.evaluation.BoundaryErrors;
import dev.kairos.methods.evaluation.EvaluationInput;
import dev.kairos.methods.evaluation.Protocol;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.report.PseudoActionHistory.Errors;
import dev.kairos.methods.report.PseudoActionHistory.Found;
import dev.kairos.methods.report.PseudoActionHistory.Look;
import dev.kairos.methods.report.PseudoActionHistory.MarkedMoment;
import dev.kairos.methods.report.PseudoActionHistory.MarkedRecording;
import dev.kairos.methods.report.PseudoActionHistory.Precision;
import dev.kairos.methods.report.PseudoActionHistory.Quality;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Looks at the pseudo actions of recordings as the weights would make them now, and changes
 * nothing. Where labels are never renewed, those that are kept are looked at, and only those of
 * recordings that were not drawn yet are made.
 *
 * <p>Segments are read only where the quality is asked for: then all recordings with points are
 * looked at, else only those that are shown. The network embeds one recording after the other, a
 * few of them are clustered in parallel; the same bits for any number of threads.
 */
final class PseudoActionLook {
  private static final int SHOWN = 4;
  private static final double[] LOW = Thresholds.range(0.1, 0.1, 0.7);
  private static final double[] HIGH = Thresholds.range(0.5, 0.05, 0.95);

  private final ApnConfig config;
  private final ApnNetwork network;
  private final TrainingData data;
  private final Engine engine;
  private final LabelMemory memory;
  private final ActionRule rule;
  private final int[] recordings;
  private final int[] shown;

  /**
   * For some recordings.
   *
   * @param memory their points and the labels that are kept
   * @param recordings those with points
   * @throws ConfigException if the quality is asked for and none of them has an annotated segment
   */
  PseudoActionLook(
      ApnConfig config,
      ApnNetwork network,
      TrainingData data,
      Engine engine,
      LabelMemory memory,
      int[] recordings) {
    this.config = config;
    this.network = network;
    this.data = data;
    this.engine = engine;
    this.memory = memory;
    this.rule = config.labels().rule();
    this.recordings = recordings.clone();
    int count = Math.min(SHOWN, recordings.length);
    this.shown =
        IntStream.range(0, count).map(i -> recordings[i * recordings.length / count]).toArray();
    if (isMeasured() && IntStream.of(recordings).noneMatch(data::hasSegments)) {
      throw new ConfigException(
          "KCONF-003",
          "pseudo.quality compares pseudo actions with segments: no recording to train on has one",
          "set it to false, or annotate segments");
    }
  }

  private boolean isMeasured() {
    return config.labels().quality();
  }

  /** Where the points come from, for people. */
  String pointSource() {
    return data.pointSource();
  }

  /** What does not change of the recordings that are shown. */
  List<MarkedRecording> shown() {
    return IntStream.of(shown).mapToObj(this::marked).toList();
  }

  private MarkedRecording marked(int v) {
    double duration = data.duration(v);
    SnippetGrid grid = grid(v);
    double seconds = Double.isNaN(duration) ? grid.duration() : duration;
    List<MarkedMoment> points = new ArrayList<>();
    for (MarkedPoint point : memory.points(v).points()) {
      points.add(
          new MarkedMoment(
              Math.min(grid.centre(point.snippet()), seconds),
              point.labels().stream().map(data.classNames()::get).toList()));
    }
    return new MarkedRecording(
        data.id(v), seconds, points, isMeasured() ? data.instances(v) : List.of());
  }

  /** The grid of what the network sees. */
  private SnippetGrid grid(int v) {
    return config.length() == 0 ? data.grid(v) : data.grid(v, config.length());
  }

  /** What there is by the weights as they are, after so many epochs and steps. */
  Look now(long epoch, long step) {
    int[] asked = isMeasured() ? recordings : shown;
    int threads = engine.backend().threads();
    Map<Integer, Found> found = new LinkedHashMap<>();
    Measured measured = new Measured();
    for (int from = 0; from < asked.length; from += threads) { // so few are in memory at a time
      int[] part = Arrays.copyOfRange(asked, from, Math.min(asked.length, from + threads));
      List<FeatureRows> rows = IntStream.of(part).mapToObj(this::embedded).toList();
      IntStream places = IntStream.range(0, part.length);
      List<PseudoActions> made =
          (threads > 1 ? places.parallel() : places)
              .mapToObj(i -> actions(part[i], rows.get(i)))
              .toList();
      for (int i = 0; i < part.length; i++) {
        found.put(part[i], found(part[i], made.get(i)));
        if (isMeasured()) {
          measured.add(part[i], rows.get(i), made.get(i));
        }
      }
    }
    return new Look(
        epoch,
        step,
        IntStream.of(shown).mapToObj(found::get).toList(),
        isMeasured() ? measured.quality() : null);
  }

  private FeatureRows embedded(int v) {
    int own = data.length(v);
    int length = config.length() == 0 ? own : config.length();
    float[] features = new float[Math.multiplyExact(own, data.width())];
    data.copyRows(v, IntStream.range(0, own).toArray(), features, 0);
    try (Scope scope = engine.scope()) {
      Tensor x = engine.tensor(features, 1, own, data.width());
      Tensor mask = new JoinedRecordings(new int[] {length}, 1).mask(engine);
      EvaluationPass pass = new EvaluationPass();
      Tensor embedded = network.embed(pass, length == own ? x : x.resample(1, length), mask);
      Tensor logits = network.snippets(pass, embedded);
      Tensor compared =
          ComparedSnippets.of(
              config.labels(),
              embedded.select(0, 0),
              logits == null ? null : logits.select(0, 0).sigmoid());
      return FeatureRows.of(compared.toFloats(), compared.shape().size(1));
    }
  }

  private PseudoActions actions(int v, FeatureRows rows) {
    boolean isKept =
        config.labels().schedule().equals(RefreshSchedule.never())
            && memory.made(v) != RefreshSchedule.NEVER_MADE;
    return isKept ? memory.of(v) : rule.cluster(rows, memory.points(v));
  }

  private PseudoActionQuality measure(int v) {
    double duration = data.duration(v);
    return new PseudoActionQuality(
        data.classNames(), grid(v), Double.isNaN(duration) ? Double.POSITIVE_INFINITY : duration);
  }

  private Found found(int v, PseudoActions actions) {
    PseudoActionQuality inTime = measure(v);
    List<Segment> segments = actions.intervals().stream().map(inTime::segment).toList();
    List<Double> divisions =
        actions.divisions().stream().map(last -> inTime.seconds(last + 1)).toList();
    return new Found(
        segments,
        divisions,
        actions.background().stream().map(b -> inTime.segment(b.snippets())).toList());
  }

  /** What adds up over recordings. */
  private final class Measured {
    private final Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    private final Map<String, List<Detection>> detections = new LinkedHashMap<>();
    private BoundaryErrors errors = BoundaryErrors.NONE;

    void add(int v, FeatureRows rows, PseudoActions actions) {
      PseudoActionQuality measure = measure(v);
      truth.put(data.id(v), data.instances(v));
      detections.put(data.id(v), measure.detections(rows, actions));
      errors = errors.plus(measure.boundaryErrors(actions, data.instances(v)));
    }

    Quality quality() {
      return new Quality(
          precision(LOW),
          precision(HIGH),
          errors.count(),
          errors.missed(),
          new Errors(errors.startMean(), errors.startMeanAbsolute()),
          new Errors(errors.endMean(), errors.endMeanAbsolute()));
    }

    private Precision precision(double[] tious) {
      double[] map =
          Protocol.ACTIVITYNET
              .evaluate(EvaluationInput.of(truth, detections), Double.NaN, tious)
              .map();
      return new Precision(
          Arrays.stream(tious).mapToObj(t -> Thresholds.written(t).doubleValue()).toList(),
          Arrays.stream(map).boxed().toList());
    }
  }
}
