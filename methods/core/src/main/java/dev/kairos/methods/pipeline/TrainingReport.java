// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.report.LabelHistoryFile;
import dev.kairos.methods.report.PseudoActionHistoryFile;
import dev.kairos.methods.report.ReportData;
import dev.kairos.methods.report.RunReport;
import dev.kairos.methods.report.ValidationHistory;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the report of a run shows that has just come to its end. */
public final class TrainingReport {
  private TrainingReport() {}

  /**
   * Scores, losses, what was found in each recording, and how that changed from stage to stage.
   *
   * @param outcome of a complete run
   * @param dataset that it was trained and scored on
   */
  public static ReportData of(Training.Outcome outcome, Dataset dataset) throws IOException {
    RunFolder run = outcome.run();
    Map<String, Recording> annotated = new LinkedHashMap<>();
    dataset.recordings().forEach(recording -> annotated.put(recording.id(), recording));
    return RunReport.page(
            method(run) + " on " + dataset.description().name(),
            run,
            outcome.notes(),
            outcome.result().map(result -> RunReport.scores(result, outcome.about())).orElse(null),
            RunReport.timelines(dataset, dataset.description().classes(), outcome.found()))
        .withValidation(RunReport.learningRates(run), ValidationHistory.of(run))
        .withStages(StageReview.read(run, annotated))
        .withLabels(LabelHistoryFile.of(run))
        .withPseudoActions(PseudoActionHistoryFile.of(run));
  }

  /** Its name in the run's own words: the method may be one that is announced nowhere. */
  private static String method(RunFolder run) throws IOException {
    return Settings.empty().withConfig(run.file(RunFolder.CONFIG)).text("method", "METHOD");
  }
}
