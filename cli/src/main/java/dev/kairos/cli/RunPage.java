// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.cli.report.ReportPage;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.pipeline.Training;
import dev.kairos.methods.pipeline.TrainingReport;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/** Makes the page of a run that comes to its end, and says what its reader should know. */
final class RunPage implements Training.Completion {
  private final Dataset dataset;
  private final Messages messages;

  RunPage(Dataset dataset, Messages messages) {
    this.dataset = dataset;
    this.messages = messages;
  }

  @Override
  public boolean isDone(RunFolder run) {
    return Files.exists(run.file(TrainingSession.REPORT));
  }

  @Override
  public void complete(Training.Outcome outcome) throws IOException {
    RunFolder folder = outcome.run();
    AtomicFiles.writeString(
        folder.file(TrainingSession.REPORT), ReportPage.html(TrainingReport.of(outcome, dataset)));
    outcome.notes().forEach(messages::info);
    outcome
        .classification()
        .ifPresent(
            told ->
                messages.info(
                    String.format(
                        Locale.ROOT,
                        "classes of the test recordings: classification mAP %.2f %%",
                        told * 100)));
    messages.info("wrote " + folder.file(TrainingSession.REPORT));
  }
}
