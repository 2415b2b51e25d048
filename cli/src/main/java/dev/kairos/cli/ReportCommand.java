// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.cli.report.ReportPage;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.evaluation.DetectionEvaluation;
import dev.kairos.methods.evaluation.GroundTruth;
import dev.kairos.methods.report.CasFolder;
import dev.kairos.methods.report.ReportData;
import dev.kairos.methods.report.RunReport;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kairos report}: the page a person looks at. */
@Command(
    name = "report",
    description = {
      "Write a page with scores that opens in any browser, offline.",
      "It shows one run, several runs side by side, or a file of detections. Runs are held against",
      "each other by the scores that their training kept; a folder of train --seeds stands for its",
      "runs."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kairos report runs/a runs/b runs/five --out comparison.html",
      "  kairos report runs/a --data data/demo",
      "  kairos report --detections detections.json --truth data/demo --out report.html"
    })
final class ReportCommand implements Callable<Integer> {

  @ParentCommand private KairosCommand kairos;

  @Parameters(arity = "0..*", paramLabel = "RUN", description = "Run folders.")
  private List<Path> runs = new ArrayList<>();

  @ArgGroup(exclusive = false)
  private @Nullable Scoring scoring;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder of the one run: its page shows the recordings, too.")
  private @Nullable Path data;

  @Option(
      names = "--cas",
      paramLabel = "DIR",
      description = "Folder with class activations, ID.npy of shape [T, classes].")
  private @Nullable Path cas;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "The page to write; needed with --detections (default: report.html in the folder of one",
        "run, comparison.html here for several)."
      })
  private @Nullable Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  ReportCommand() {}

  @Override
  public Integer call() throws IOException {
    Scoring files = scoring;
    if (files == null) {
      checkRuns();
      new RunPages(kairos, runs).write(out, data, cas);
    } else {
      ofFiles(files, checkedOut());
    }
    return 0;
  }

  private void checkRuns() {
    if (runs.isEmpty()) {
      throw new UsageException(
          "report needs run folders, or --detections and --truth", "see kairos report --help");
    }
    if (cas != null && data == null) {
      throw new UsageException(
          "--cas needs the recordings its curves belong to", "give --data, the folder of the data");
    }
  }

  private Path checkedOut() {
    if (!runs.isEmpty()) {
      throw new UsageException(
          "run folders and --detections do not go together", "leave one of them out");
    }
    if (data != null) {
      throw new UsageException(
          "--data and --detections do not go together", "name the data folder with --truth");
    }
    if (out == null) {
      throw new UsageException("report needs a page to write", "--out FILE");
    }
    return out;
  }

  private void ofFiles(Scoring files, Path place) throws IOException {
    DetectionEvaluation outcome = files.run(kairos.messages());
    outcome.notes().forEach(kairos.messages()::warning);
    ReportData page =
        RunReport.page(files.detectionFile(), outcome, casFolder(cas, outcome.truth()));
    AtomicFiles.writeString(place, ReportPage.html(page));
    kairos.messages().info("wrote " + place);
  }

  /** The class activations of recordings; null where none were given. */
  static @Nullable CasFolder casFolder(@Nullable Path cas, GroundTruth truth) throws IOException {
    if (cas == null) {
      return null;
    }
    Optional<DatasetDescription> data = truth.description();
    if (!Files.isDirectory(cas)) {
      throw new NotDirectoryException(cas.toString());
    }
    if (data.isEmpty()) {
      throw new UsageException(
          "--cas needs the order of the classes, and there is no "
              + (DatasetDescription.FILE_NAME + " beside " + truth.file()),
          "give --truth the annotations inside a data folder");
    }
    return CasFolder.open(cas, data.get());
  }
}
