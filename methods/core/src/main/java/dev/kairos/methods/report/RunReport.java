// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.Fingerprint;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.DetectionEvaluation;
import dev.kairos.methods.evaluation.EvaluationFile;
import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.evaluation.GroundTruth;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.files.UserFile;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.report.ReportData.Curve;
import dev.kairos.methods.report.ReportData.Point;
import dev.kairos.methods.report.ReportData.Scores;
import dev.kairos.methods.report.ReportData.Timeline;
import dev.kairos.methods.run.MetricsLog;
import dev.kairos.methods.run.Provenance;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.training.GradientStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what a run's report shows besides the scores. */
public final class RunReport {
  private static final int MOST_POINTS = 400;
  private static final int MOST_CURVES = 4;

  private RunReport() {}

  /** Where the run comes from. */
  public static Provenance origin(RunFolder folder) throws IOException {
    Path file = folder.file(RunFolder.PROVENANCE);
    return Provenance.fromJson(file, UserFile.readString(file));
  }

  /** The losses, each point the mean of some neighbouring steps. */
  public static List<Curve> losses(RunFolder folder, String prefix) throws IOException {
    return curves(folder, prefix, "loss"); // a sum or a count would dwarf them
  }

  /** The learning rates, as the losses; none where they were not noted. */
  public static List<Curve> learningRates(RunFolder folder) throws IOException {
    return curves(folder, "", GradientStage.LEARNING_RATE);
  }

  /** The metrics whose names begin alike. */
  private static List<Curve> curves(RunFolder folder, String prefix, String begin)
      throws IOException {
    Path file = folder.file(RunFolder.METRICS);
    if (!Files.exists(file)) {
      return List.of();
    }
    Map<String, List<Point>> all = new LinkedHashMap<>();
    for (MetricsLog.Entry entry : MetricsLog.read(file)) {
      entry
          .values()
          .forEach(
              (name, value) -> {
                if (name.startsWith(begin)) {
                  all.computeIfAbsent(name, n -> new ArrayList<>())
                      .add(new Point(entry.step(), value));
                }
              });
    }
    return all.entrySet().stream()
        .map(loss -> new Curve(prefix + loss.getKey(), thinned(loss.getValue())))
        .toList();
  }

  private static List<Point> thinned(List<Point> points) {
    int stride = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
    List<Point> kept = new ArrayList<>();
    for (int from = 0; from < points.size(); from += stride) {
      List<Point> near = points.subList(from, Math.min(points.size(), from + stride));
      double mean = near.stream().mapToDouble(Point::value).average().orElse(Double.NaN);
      kept.add(new Point(near.get(near.size() - 1).step(), mean));
    }
    return kept;
  }

  /** Each localised recording with its truth. */
  public static List<Timeline> timelines(
      Dataset dataset, List<String> classes, Map<String, Localization> found) throws IOException {
    List<Timeline> timelines = new ArrayList<>();
    for (Map.Entry<String, Localization> entry : found.entrySet()) {
      Recording recording = dataset.recording(entry.getKey());
      List<Detection> detections = entry.getValue().detections();
      double seconds = dataset.grid(recording, dataset.featureLength(recording)).duration();
      timelines.add(
          new Timeline(
              recording.id(),
              recording.hasDuration() ? recording.duration() : seconds,
              recording.instances(),
              detections,
              entry
                  .getValue()
                  .prediction()
                  .cas()
                  .map(cas -> activations(cas, seconds, classes, kept(recording, detections)))
                  .orElse(List.of())));
    }
    return timelines;
  }

  /**
   * The recordings of a subset with what was found in them.
   *
   * @param cas their class activations, null to leave them out
   */
  public static List<Timeline> timelines(
      GroundTruth truth, Map<String, List<Detection>> detections, @Nullable CasFolder cas)
      throws IOException {
    List<Timeline> timelines = new ArrayList<>();
    for (Recording recording : truth.recordings().values()) {
      List<Detection> found = detections.getOrDefault(recording.id(), List.of());
      List<Activation> curves =
          cas == null ? List.of() : cas.activations(recording, kept(recording, found));
      timelines.add(
          new Timeline(recording.id(), recording.duration(), recording.instances(), found, curves));
    }
    return timelines;
  }

  private static List<Activation> activations(
      Cas cas, double seconds, List<String> classes, Set<String> shown) {
    List<Activation> activations = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      if (shown.contains(classes.get(c))) {
        List<Float> values = new ArrayList<>();
        for (double value : cas.channel(c)) {
          values.add((float) value);
        }
        activations.add(new Activation(classes.get(c), seconds / cas.snippets(), values));
      }
    }
    return activations;
  }

  /** The whole page of one run. */
  public static ReportData page(
      String title,
      RunFolder folder,
      List<String> notes,
      @Nullable Scores scores,
      List<Timeline> timelines)
      throws IOException {
    return new ReportData(
        title,
        origin(folder).summary(),
        folder.config(),
        notes,
        scores,
        losses(folder, ""),
        timelines);
  }

  /**
   * The page of a run as its folder keeps it.
   *
   * @param notes what the reader has to know about the numbers, a sentence each
   * @param timelines recordings to show, possibly none
   */
  public static ReportData page(RunSummary run, List<String> notes, List<Timeline> timelines)
      throws IOException {
    RunFolder folder = run.folder();
    Path description = folder.file(DatasetDescription.FILE_NAME);
    String dataset =
        Files.exists(description) ? " on " + DatasetDescription.read(description).name() : "";
    Provenance origin = run.origin();
    return new ReportData(
        run.method() + dataset,
        origin == null ? Map.of() : origin.summary(),
        folder.config(),
        notes,
        run.scores().orElse(null),
        run.losses(),
        timelines);
  }

  /**
   * The page of a file of detections.
   *
   * @param file where the detections came from
   * @param cas class activations of the recordings, null to leave them out
   */
  public static ReportData page(Path file, DetectionEvaluation scored, @Nullable CasFolder cas)
      throws IOException {
    GroundTruth truth = scored.truth();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("Kairos", Provenance.KAIROS_VERSION);
    lines.put("detections", file.toString());
    lines.put("SHA-256 of the detections", Fingerprint.of(file));
    lines.put("annotations", truth.file() + ", subset " + truth.subset());
    lines.put("SHA-256 of the annotations", Fingerprint.of(truth.file()));
    lines.put("protocol", scored.result().protocol().word());
    lines.put("Java", System.getProperty("java.version", "unknown"));
    lines.put("written", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return new ReportData(
        "Detections in " + file.getFileName(),
        lines,
        "",
        scored.notes(),
        scores(scored.result(), new EvaluationFile.About(truth.subset(), "")),
        List.of(),
        timelines(truth, scored.detections(), cas));
  }

  /** Whose curves to show: the annotated classes and the strongest detected ones. */
  public static Set<String> kept(Recording recording, List<Detection> found) {
    Set<String> kept = new LinkedHashSet<>();
    recording.instances().forEach(action -> kept.add(action.label()));
    found.stream()
        .sorted(Comparator.comparingDouble(Detection::score).reversed())
        .map(Detection::label)
        .distinct()
        .filter(label -> !kept.contains(label))
        .limit(Math.max(0, MOST_CURVES - kept.size()))
        .toList()
        .forEach(kept::add);
    return kept;
  }

  /** An evaluation in the page's terms. */
  public static Scores scores(EvaluationResult result, EvaluationFile.About about) {
    Map<String, List<Double>> perClass = new LinkedHashMap<>();
    result.classes().forEach(label -> perClass.put(label, list(result.ap(label))));
    List<Double> tious =
        Arrays.stream(result.tious()).mapToObj(t -> Thresholds.written(t).doubleValue()).toList();
    return new Scores(
        about.words(result.protocol()), tious, list(result.map()), result.average(), perClass);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
