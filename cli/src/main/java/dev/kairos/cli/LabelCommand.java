// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.cli.label.Browser;
import dev.kairos.cli.label.LabelServer;
import dev.kairos.cli.label.LabelTask;
import dev.kairos.cli.label.Labelling;
import dev.kairos.cli.label.Notices;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.PointEditor;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.VideoFiles;
import dev.kairos.methods.pipeline.RecordingCurves;
import dev.kairos.methods.pipeline.TrainedRun;
import dev.kairos.methods.report.CasFolder;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code kairos label}: points by clicking, on a page of this machine. */
@Command(
    name = "label",
    description = {
      "Set one point an action by clicking, on a page that only this machine sees.",
      "It shows a recording at a time: its features over time, its video where there is one, and"
          + " the",
      "points set so far. Every click is in points.csv of the data folder before the page shows"
          + " it;",
      "what is there already is kept. Ctrl-C ends it."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kairos label --data data/mine",
      "  kairos label --data data/mine --videos /films --run runs/first --class HighJump"
    })
final class LabelCommand implements Callable<Integer> {
  private static final int MOST_PORT = 65535;
  private static final String SERVER = "jdk.httpserver";
  private static final int PAUSE_MILLIS = 100;
  private static final String CAS_FOLDER = "cas";

  @ParentCommand private KairosCommand kairos;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Data folder; its points.csv is made or gone on with.")
  private Path data = Path.of("");

  @Option(
      names = "--subset",
      paramLabel = "NAME",
      description = "Which recordings (default: train where there is one, or else all).")
  private @Nullable String subset;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "The class that is chosen at the beginning (default: the first).")
  private String chosen = "";

  @Option(
      names = "--videos",
      paramLabel = "DIR",
      description = "Videos as ID.mp4, .webm, .m4v or .ogv (default: videos in the data folder).")
  private @Nullable Path videos;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "Trained run whose class activations are shown, too.")
  private @Nullable Path run;

  @Option(
      names = "--cas",
      paramLabel = "DIR",
      description = "Class activations to show, ID.npy (default: cas in the data folder).")
  private @Nullable Path cas;

  @Option(
      names = "--show-truth",
      description = "Also show annotated segments; points set beside them are no blind test.")
  private boolean showTruth;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the page (default: one that is free).")
  private int port;

  @Option(names = "--no-browser", description = "Only print the address, and open nothing.")
  private boolean noBrowser;

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  LabelCommand() {}

  @Override
  public Integer call() throws Exception {
    if (port < 0 || port > MOST_PORT) {
      throw new UsageException("--port: expected 0 to 65535: " + port, "leave it out");
    }
    if (ModuleLayer.boot().findModule(SERVER).isEmpty()) {
      throw new UsageException(
          "label needs the module " + SERVER + ", which this Java runtime was made without",
          "make it with jlink --add-modules " + SERVER + ", or take a whole JDK");
    }
    return StopSignal.guard(kairos.messages(), kairos.out(), this::label);
  }

  private int label(StopSignal signal) throws Exception {
    Dataset dataset = Dataset.open(data);
    if (!chosen.isEmpty()) {
      requireClass(dataset);
    }
    List<Recording> recordings = recordings(dataset);
    Notices notices = new Notices(kairos.messages()::warning);
    try (PointEditor points = PointEditor.open(data, dataset, notices);
        @Nullable TrainedRun trained = run == null ? null : TrainedRun.open(run)) {
      LabelTask task =
          new LabelTask(
              dataset,
              recordings,
              points,
              new RecordingCurves(dataset, activations(dataset), trained),
              videos(recordings),
              chosen,
              showTruth);
      Labelling labelling = new Labelling(task, notices);
      try (LabelServer server = LabelServer.start(port, labelling, this::bug)) {
        open(server, task);
        while (!signal.asked()) {
          Thread.sleep(PAUSE_MILLIS);
        }
      } catch (BindException e) {
        throw new FileSystemException("port " + port, null, "is taken: leave --port out");
      }
      return ended(labelling, points, notices);
    }
  }

  private void requireClass(Dataset dataset) {
    try {
      dataset.classIndex(chosen);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--class: " + e.getMessage(), "name one that dataset.toml lists");
    }
  }

  private List<Recording> recordings(Dataset dataset) {
    if (subset != null) {
      return dataset.subset(subset);
    }
    return dataset.subsets().contains(Dataset.TRAIN)
        ? dataset.subset(Dataset.TRAIN)
        : dataset.recordings();
  }

  private @Nullable CasFolder activations(Dataset dataset) throws IOException {
    Path own = data.resolve(CAS_FOLDER);
    Path folder = cas != null ? cas : Files.isDirectory(own) ? own : null;
    return folder == null ? null : CasFolder.open(folder, dataset.description());
  }

  private VideoFiles videos(List<Recording> recordings) throws IOException {
    Path folder = videos == null ? data.resolve(VideoFiles.FOLDER) : videos;
    if (Files.isDirectory(folder)) {
      return VideoFiles.in(folder, recordings.stream().map(Recording::id).toList());
    }
    if (videos != null) {
      throw new NotDirectoryException(folder.toString());
    }
    return VideoFiles.none();
  }

  /** The address is the result: it is printed even to those who asked for quiet. */
  private void open(LabelServer server, LabelTask task) {
    kairos
        .messages()
        .info(
            "%s to label, %s with a video; points go to %s"
                .formatted(
                    Messages.count(task.recordings().size(), "recording"),
                    task.videos().size(),
                    task.points().file()));
    kairos.out().println(server.address());
    kairos.out().flush();
    boolean opened =
        !noBrowser
            && kairos.isOnTerminal()
            && new Browser(System.getenv(), System.getProperty("os.name", ""))
                .open(server.address());
    kairos
        .messages()
        .info((opened ? "" : "open this address in a browser of this machine; ") + "Ctrl-C ends");
  }

  private void bug(Throwable e) {
    kairos.messages().warning("the page asked for something that failed: " + e);
    kairos.messages().trace(e);
  }

  private int ended(Labelling labelling, PointEditor points, Notices notices) {
    PointEditor.State now = points.state();
    kairos
        .messages()
        .info(
            "%s set, %d taken away; %s holds %s in %s"
                .formatted(
                    Messages.count(labelling.added(), "point"),
                    labelling.removed(),
                    points.file(),
                    Messages.count(
                        now.points().values().stream().mapToInt(List::size).sum(), "point"),
                    Messages.count(now.points().size(), "recording")));
    if (notices.count() > 0) {
      kairos
          .messages()
          .warning(
              "%s was touched by another program meanwhile; nothing that was set here is lost"
                  .formatted(points.file()));
    }
    if (labelling.failed() == 0) {
      return 0;
    }
    return kairos
        .messages()
        .error(
            new Failure(
                "KDATA-903",
                Messages.count(labelling.failed(), "click") + " could not be written",
                labelling.failure(),
                "the page said so; set those points again"));
  }
}
