// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.cli.report.ReportPage;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.evaluation.RandomScorer;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.pipeline.ScoredSubset;
import dev.kairos.methods.pipeline.Training;
import dev.kairos.methods.report.LabelHistoryFile;
import dev.kairos.methods.report.PseudoActionHistoryFile;
import dev.kairos.methods.report.ReportData;
import dev.kairos.methods.report.ReportData.Curve;
import dev.kairos.methods.report.RunReport;
import dev.kairos.methods.report.StageHistory;
import dev.kairos.methods.report.ValidationHistory;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The demonstration: makes data, trains each method, and holds it against those that know less. */
final class Demo {
  private static final String TEST = Dataset.TEST;
  private static final String AGAIN = "kairos demo begins anew";
  private static final double[] TIOUS = {0.1, 0.3, 0.5, 0.7};

  private final KairosCommand kairos;
  private final DemoFolder folder;
  private final boolean quick;
  private final long seed;
  private final StopSignal signal;
  private final Map<String, EvaluationResult> baselines = new LinkedHashMap<>();
  private final Map<String, EvaluationResult> trained = new LinkedHashMap<>();
  private final List<Curve> losses = new ArrayList<>();

  Demo(KairosCommand kairos, DemoFolder folder, boolean quick, long seed, StopSignal signal) {
    this.kairos = kairos;
    this.folder = folder;
    this.quick = quick;
    this.seed = seed;
    this.signal = signal;
  }

  /** One trained method. */
  private record Trained(Method method, Training.Outcome outcome, EvaluationResult result) {}

  /** Runs everything; the report it wrote. */
  Path run(List<Method> methods, ComputeOptions compute) throws IOException {
    Path data = folder.add("data");
    ThumosLikeOptions size = quick ? ThumosLikeOptions.quick() : ThumosLikeOptions.demo();
    ThumosLikeGenerator.write(data, size.withSeed(seed));
    Dataset dataset = Dataset.open(data);
    kairos
        .messages()
        .info(
            "made %s: %s, %s to train on, %d to test"
                .formatted(
                    data,
                    Messages.count(dataset.classes(), "class"),
                    Messages.count(dataset.subset(Dataset.TRAIN).size(), "recording"),
                    dataset.subset(TEST).size()));
    baselines.put("random scorer", random(dataset));
    List<Trained> all = new ArrayList<>();
    try (Engine engine = compute.open(kairos.messages())) {
      for (Method method : methods) {
        all.add(train(method, dataset, engine));
      }
    }
    MapTable table = new MapTable(TIOUS);
    baselines.forEach(table::row);
    trained.forEach(table::row);
    table.print(kairos.out());
    return report(dataset, all);
  }

  private EvaluationResult random(Dataset dataset) throws IOException {
    RandomKey key = new RandomKey(seed, 0).child("random scorer");
    Map<String, List<Detection>> detections = new LinkedHashMap<>();
    for (Recording recording : dataset.subset(TEST)) {
      detections.put(
          recording.id(),
          RandomScorer.detections(
              recording.duration(), dataset.description().classes(), key.child(recording.id())));
    }
    return required(ScoredSubset.evaluate(dataset, TEST, detections, TIOUS));
  }

  private static EvaluationResult required(Optional<EvaluationResult> result) {
    return result.orElseThrow(() -> new IllegalStateException("demo: the test set has no action"));
  }

  private Trained train(Method method, Dataset dataset, Engine engine) throws IOException {
    Settings settings =
        Experiment.settings(
            method, dataset.description(), preset(method), null, List.of("seed=" + seed));
    Experiment experiment = new Experiment(method, dataset.description(), settings, seed, engine);
    baselines.put(
        method.name() + ", untrained",
        required(ScoredSubset.of(experiment, dataset, TEST, TIOUS, Progress.NONE).result()));
    Training.Outcome outcome =
        new Training(dataset)
            .tious(TIOUS)
            .options(new TrainingLoop.Options(20, Double.POSITIVE_INFINITY, signal::asked))
            .progress(kairos.progress())
            .sources(TrainingSession.sources())
            .begin(folder.add(method.name()), experiment);
    if (!outcome.isComplete()) {
      throw new StoppedException("the demo was stopped", AGAIN);
    }
    RunFolder run = outcome.run();
    trained.put(method.name(), required(outcome.result()));
    RunReport.losses(run, method.name() + " ").stream()
        .filter(curve -> curve.name().equals(method.name() + " loss"))
        .forEach(losses::add);
    return new Trained(method, outcome, required(outcome.result()));
  }

  /** The quick preset where a method has one; null leaves the choice to the data set's name. */
  private String preset(Method method) {
    String full = "thumos-like";
    String small = full + "-quick";
    return quick && method.presets().containsKey(small)
        ? small
        : method.presets().containsKey(full) ? full : "none";
  }

  private Path report(Dataset dataset, List<Trained> all) throws IOException {
    Trained best = all.get(0);
    for (Trained other : all) {
      best = other.result().average() > best.result().average() ? other : best;
    }
    Map<String, List<Double>> others = new LinkedHashMap<>();
    for (Trained other : all) {
      if (!other.method().name().equals(best.method().name())) {
        others.put(other.method().name(), list(other.result()));
      }
    }
    baselines.forEach((name, result) -> others.put(name, list(result)));
    Map<String, String> origin = new LinkedHashMap<>();
    origin.put("method shown", best.method().name() + ": " + best.method().summary());
    origin.putAll(RunReport.origin(best.outcome().run()).summary());
    ReportData page =
        new ReportData(
            "Kairos demonstration: " + best.method().name(),
            origin,
            best.outcome().run().config(),
            List.of("The data set is artificial: its scores say nothing about real recordings."),
            RunReport.scores(best.result(), best.outcome().about()),
            others,
            losses,
            List.of(),
            RunReport.timelines(dataset, dataset.description().classes(), best.outcome().found()),
            StageHistory.NONE,
            LabelHistoryFile.of(best.outcome().run()),
            PseudoActionHistoryFile.of(best.outcome().run()),
            ValidationHistory.of(best.outcome().run()));
    Path file = folder.add(TrainingSession.REPORT);
    AtomicFiles.writeString(file, ReportPage.html(page));
    return file;
  }

  private static List<Double> list(EvaluationResult result) {
    return Arrays.stream(result.map()).boxed().toList();
  }
}
