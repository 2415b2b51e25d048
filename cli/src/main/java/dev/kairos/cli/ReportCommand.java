// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.cli.report.ReportData;
import dev.kairos.cli.report.ReportData.Activation;
import dev.kairos.cli.report.ReportData.Scores;
import dev.kairos.cli.report.ReportData.Timeline;
import dev.kairos.cli.report.ReportPage;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.training.Provenance;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code kairos report}: the page a person looks at. */
@Command(
    name = "report",
    description = "Write a page with scores and timelines that opens in any browser, offline.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  kairos report --detections detections.json --truth data/demo --out report.html")
final class ReportCommand implements Callable<Integer> {
  private static final int MOST_CURVES = 4;

  @ParentCommand private KairosCommand kairos;

  @Mixin private Scoring scoring = new Scoring();

  @Option(
      names = "--cas",
      paramLabel = "DIR",
      description = "Folder with class activations, ID.npy of shape [T, classes].")
  private @Nullable Path cas;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The page to write.")
  private Path out = Path.of("");

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  ReportCommand() {}

  @Override
  public Integer call() throws IOException {
    Scoring.Outcome outcome = scoring.run(kairos.messages());
    outcome.notes().forEach(kairos.messages()::warning);
    CasFolder folder = cas == null ? null : CasFolder.open(cas, outcome.truth());
    List<Timeline> timelines = new ArrayList<>();
    for (Recording recording : outcome.truth().recordings().values()) {
      List<Detection> found = outcome.detections().getOrDefault(recording.id(), List.of());
      List<Activation> curves =
          folder == null ? List.of() : folder.activations(recording, kept(recording, found));
      timelines.add(
          new Timeline(recording.id(), recording.duration(), recording.instances(), found, curves));
    }
    ReportData data =
        new ReportData(
            "Detections in " + outcome.detectionFile().getFileName(),
            origin(outcome),
            "",
            outcome.notes(),
            scores(outcome.result()),
            List.of(),
            timelines);
    AtomicFiles.writeString(out, ReportPage.html(data));
    kairos.messages().info("wrote " + out);
    return 0;
  }

  /** Whose curves to show: the annotated classes and the strongest detected ones. */
  static Set<String> kept(Recording recording, List<Detection> found) {
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

  private static Map<String, String> origin(Scoring.Outcome outcome) throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("Kairos", Provenance.KAIROS_VERSION);
    lines.put("detections", outcome.detectionFile().toString());
    lines.put("SHA-256 of the detections", Provenance.fingerprint(outcome.detectionFile()));
    lines.put("annotations", outcome.truth().file() + ", subset " + outcome.truth().subset());
    lines.put("SHA-256 of the annotations", Provenance.fingerprint(outcome.truth().file()));
    lines.put("protocol", "ActivityNet detection mAP, seconds, interpolated precision");
    lines.put("Java", System.getProperty("java.version", "unknown"));
    lines.put("written", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return lines;
  }

  /** An evaluation in the page's terms. */
  static Scores scores(EvaluationResult result) {
    Map<String, List<Double>> perClass = new LinkedHashMap<>();
    result.classes().forEach(label -> perClass.put(label, list(result.ap(label))));
    List<Double> tious =
        Arrays.stream(result.tious()).mapToObj(t -> Scoring.threshold(t).doubleValue()).toList();
    return new Scores(tious, list(result.map()), result.average(), perClass);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
