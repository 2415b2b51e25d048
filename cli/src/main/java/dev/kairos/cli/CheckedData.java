// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.kernels.KairosException;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetCheck;
import dev.kairos.methods.data.DatasetProblem;
import dev.kairos.methods.data.OpenOptions;
import dev.kairos.methods.files.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Looks through a whole data folder before long work begins, and says what is wrong with it. */
final class CheckedData {
  private static final int MOST_WARNINGS = 5;
  private static final int MOST_ERRORS = 3;

  private CheckedData() {}

  /**
   * Opens a data folder without a fatal problem.
   *
   * @param options which of its recordings are used
   * @param values whether to read every feature too, and not the headers alone
   * @throws KairosException of the last fatal problem shown; those before it were said
   */
  static Dataset open(Path folder, OpenOptions options, boolean values, Messages messages)
      throws IOException {
    List<DatasetProblem> problems =
        values
            ? DatasetCheck.problemsInValuesToo(folder, options)
            : DatasetCheck.problems(folder, options);
    List<DatasetProblem> fatal = problems.stream().filter(DatasetProblem::fatal).toList();
    if (!fatal.isEmpty()) {
      int last = Math.min(fatal.size(), MOST_ERRORS) - 1;
      if (fatal.size() > MOST_ERRORS) {
        messages.warning(
            "%s: these and %s, which kairos inspect lists"
                .formatted(folder, Messages.count(fatal.size() - MOST_ERRORS, "more problem")));
      }
      fatal.subList(0, last).forEach(problem -> messages.error(failure(problem)));
      throw new DataProblemException(fatal.get(last));
    }
    problems.stream().limit(MOST_WARNINGS).forEach(p -> messages.warning(p.message()));
    if (problems.size() > MOST_WARNINGS) {
      messages.warning(
          "and %s: kairos inspect %s lists all"
              .formatted(Messages.count(problems.size() - MOST_WARNINGS, "more warning"), folder));
    }
    Dataset dataset = Dataset.open(folder, options);
    said(dataset, messages);
    return dataset;
  }

  /** Says what was chosen without being asked. */
  static void said(Dataset dataset, Messages messages) {
    dataset.notes().forEach(note -> messages.info(dataset.place() + ": " + note));
    if (!dataset.skipped().isEmpty()) {
      messages.info(
          "%s: left out %s without features: %s"
              .formatted(
                  dataset.place(),
                  Messages.count(dataset.skipped().size(), "recording"),
                  Shown.some(dataset.skipped())));
    }
  }

  private static Failure failure(DatasetProblem problem) {
    return new Failure(problem.code(), problem.message(), "", problem.fix());
  }

  /** What stops the work. */
  private static final class DataProblemException extends KairosException {
    private static final long serialVersionUID = 1L;

    DataProblemException(DatasetProblem problem) {
      super(
          problem.code(), problem.message(), problem.fix().isEmpty() ? null : problem.fix(), null);
    }
  }
}
