// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.cli.report.ReportPage;
import dev.kairos.methods.data.Fingerprint;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.report.ReportData;
import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.report.ReportData.Timeline;
import dev.kairos.methods.report.RunReport;
import dev.kairos.methods.run.Provenance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    Scoring.Outcome outcome = files.run(kairos.messages());
    outcome.notes().forEach(kairos.messages()::warning);
    ReportData page =
        new ReportData(
            "Detections in " + outcome.detectionFile().getFileName(),
            origin(outcome),
            "",
            outcome.notes(),
            RunReport.scores(outcome.result()),
            List.of(),
            timelines(outcome.truth(), outcome.detections(), cas));
    AtomicFiles.writeString(place, ReportPage.html(page));
    kairos.messages().info("wrote " + place);
  }

  /**
   * The recordings of a subset with what was found in them.
   *
   * @param cas folder with class activations, or null
   */
  static List<Timeline> timelines(
      Truth truth, Map<String, List<Detection>> detections, @Nullable Path cas) throws IOException {
    CasFolder folder = cas == null ? null : CasFolder.open(cas, truth);
    List<Timeline> timelines = new ArrayList<>();
    for (Recording recording : truth.recordings().values()) {
      List<Detection> found = detections.getOrDefault(recording.id(), List.of());
      List<Activation> curves =
          folder == null
              ? List.of()
              : folder.activations(recording, RunReport.kept(recording, found));
      timelines.add(
          new Timeline(recording.id(), recording.duration(), recording.instances(), found, curves));
    }
    return timelines;
  }

  private static Map<String, String> origin(Scoring.Outcome outcome) throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("Kairos", Provenance.KAIROS_VERSION);
    lines.put("detections", outcome.detectionFile().toString());
    lines.put("SHA-256 of the detections", Fingerprint.of(outcome.detectionFile()));
    lines.put("annotations", outcome.truth().file() + ", subset " + outcome.truth().subset());
    lines.put("SHA-256 of the annotations", Fingerprint.of(outcome.truth().file()));
    lines.put("protocol", "ActivityNet detection mAP, seconds, interpolated precision");
    lines.put("Java", System.getProperty("java.version", "unknown"));
    lines.put("written", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return lines;
  }
}
