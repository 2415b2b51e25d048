// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.cli.report.ComparisonPage;
import dev.kairos.cli.report.ReportPage;
import dev.kairos.methods.data.AnnotationFile;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.Fingerprint;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.DetectionFile;
import dev.kairos.methods.evaluation.GroundTruth;
import dev.kairos.methods.pipeline.StageReview;
import dev.kairos.methods.report.ComparisonData;
import dev.kairos.methods.report.LabelHistoryFile;
import dev.kairos.methods.report.PseudoActionHistoryFile;
import dev.kairos.methods.report.ReportData;
import dev.kairos.methods.report.ReportData.Timeline;
import dev.kairos.methods.report.RunComparison;
import dev.kairos.methods.report.RunPlaces;
import dev.kairos.methods.report.RunReport;
import dev.kairos.methods.report.RunSummary;
import dev.kairos.methods.report.ValidationHistory;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages of runs: that of one, or one that compares several. */
final class RunPages {
  static final String COMPARISON = "comparison.html";

  private final KairosCommand kairos;
  private final Map<String, RunSummary> runs = new LinkedHashMap<>();

  RunPages(KairosCommand kairos, List<Path> places) throws IOException {
    this.kairos = kairos;
    for (Map.Entry<String, RunFolder> run : RunPlaces.named(places).entrySet()) {
      RunSummary summary = RunSummary.read(run.getValue());
      if (summary.status() == RunSummary.Status.NOT_SCORED) {
        throw missing(summary);
      }
      runs.put(run.getKey(), summary);
    }
  }

  private static DataFormatException missing(RunSummary run) {
    Path folder = run.folder().path();
    return DataFormatException.of(
        "KDATA-931",
        folder,
        "is trained, but has no scores: " + RunFolder.EVALUATION + " is missing",
        "score it: kairos train "
            + run.method()
            + " --data DIR --out "
            + Shell.quoted(folder)
            + " --resume");
  }

  /**
   * Writes the page and prints the scores.
   *
   * @param out the page, null for the usual place
   * @param data the data folder, null to leave out the recordings
   * @param cas folder with class activations, or null
   */
  void write(@Nullable Path out, @Nullable Path data, @Nullable Path cas) throws IOException {
    ComparisonData comparison = RunComparison.of(runs);
    String html;
    Path place;
    if (runs.size() == 1) {
      RunSummary run = runs.values().iterator().next();
      html = ReportPage.html(page(run, data, cas));
      place = out == null ? run.folder().file(TrainingSession.REPORT) : out;
    } else {
      if (data != null || cas != null) {
        throw new UsageException(
            "--data and --cas show the recordings of one run, found " + runs.size() + " runs",
            "leave them out, or name one run");
      }
      html = ComparisonPage.html(comparison);
      place = out == null ? Path.of(COMPARISON) : out;
      comparison.notes().forEach(kairos.messages()::warning);
    }
    AtomicFiles.writeString(place, html);
    ComparisonTable.print(comparison, kairos.out());
    kairos.messages().info("wrote " + place);
  }

  private ReportData page(RunSummary run, @Nullable Path data, @Nullable Path cas)
      throws IOException {
    List<String> notes = new ArrayList<>();
    if (!run.state().isEmpty()) {
      notes.add("This run has no scores, " + run.state() + ".");
    }
    List<Timeline> timelines = List.of();
    if (data != null) {
      timelines = timelines(run, data, cas);
    } else {
      notes.add("The recordings are left out; kairos report RUN --data DIR shows them.");
    }
    notes.forEach(kairos.messages()::info);
    return RunReport.page(run, notes, timelines)
        .withValidation(run.learningRates(), ValidationHistory.of(run.folder()))
        .withStages(StageReview.read(run.folder(), annotated(data)))
        .withLabels(LabelHistoryFile.of(run.folder()))
        .withPseudoActions(PseudoActionHistoryFile.of(run.folder()));
  }

  private static Map<String, Recording> annotated(@Nullable Path data) throws IOException {
    if (data == null) {
      return Map.of();
    }
    return AnnotationFile.read(GroundTruth.file(data)).recordings();
  }

  private List<Timeline> timelines(RunSummary run, Path data, @Nullable Path cas)
      throws IOException {
    Path detections = run.folder().file(RunFolder.DETECTIONS);
    if (!Files.exists(detections)) {
      return List.of();
    }
    Path annotations = GroundTruth.file(data);
    GroundTruth truth =
        GroundTruth.of(
            annotations,
            AnnotationFile.read(annotations),
            DatasetDescription.read(run.folder().file(DatasetDescription.FILE_NAME)).rules(),
            Dataset.TEST);
    String print = Fingerprint.of(truth.file());
    if (!run.annotations().orElse(print).equals(print)) {
      kairos
          .messages()
          .warning(truth.file() + ": differs from the annotations the run was scored on");
    }
    return RunReport.timelines(
        truth, DetectionFile.read(detections), ReportCommand.casFolder(cas, truth));
  }
}
