// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.kernels.Backend;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.report.RunReport;
import dev.kairos.methods.run.Provenance;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.training.Experiment;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Whether a run goes on with the data and the arithmetic that it was begun with. */
final class SameData {
  private final Dataset dataset;
  private final Consumer<String> warnings;

  /** Tells of what does not make going on impossible. */
  SameData(Dataset dataset, Consumer<String> warnings) {
    this.dataset = dataset;
    this.warnings = warnings;
  }

  /**
   * Compares.
   *
   * @throws DataFormatException if streams or classes differ
   */
  void require(RunFolder folder, Experiment experiment) throws IOException {
    Path file = folder.file(DatasetDescription.FILE_NAME);
    DatasetDescription trained = DatasetDescription.read(file);
    DatasetDescription data = dataset.description();
    if (!trained.streams().equals(data.streams()) || !trained.classes().equals(data.classes())) {
      throw DataFormatException.of(
          "KDATA-921",
          Path.of(dataset.place()).resolve(DatasetDescription.FILE_NAME),
          "streams or classes differ from those the run was begun with, " + file,
          "give it the data that the run was begun with");
    }
    Provenance origin = RunReport.origin(folder);
    if (!origin.features().equals(dataset.fingerprints())) {
      warnings.accept(dataset.place() + ": the files differ from those the run was begun with");
    }
    if (!origin.points().isEmpty() && !origin.points().equals(dataset.pointSource())) {
      warnings.accept(
          "%s: the points are of another source, '%s', than those the run was begun with, '%s'"
              .formatted(dataset.place(), dataset.pointSource(), origin.points()));
    }
    Backend now = experiment.backend();
    if (!origin.arithmetic().isEmpty() && !origin.arithmetic().equals(now.arithmetic())) {
      warnings.accept(
          "the run was begun with %s loops and goes on with %s ones: its bits will differ from those of a run in one piece"
              .formatted(origin.arithmetic(), now.arithmetic()));
    } else if (!origin.backend().equals(now.name())) {
      warnings.accept(
          "the run was begun on backend %s: the last bits may differ from there on"
              .formatted(origin.backend()));
    }
  }
}
