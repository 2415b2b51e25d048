// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.OpenOptions;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.pipeline.LocalizationWork;
import dev.kairos.methods.pipeline.LocalizedRecordings;
import dev.kairos.methods.run.BestCheckpoint;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.KeptWeights;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Progress;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code kairos localize}: actions in recordings, by a trained run. */
@Command(
    name = "localize",
    description = "Find actions with a trained run, in a data folder or in files of features.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kairos localize --run runs/demo --data data/demo --out detections.json",
      "  kairos localize --run runs/m --stage ilg --data data/demo --out initial.json",
      "  kairos localize --run runs/demo --features rgb.npy,flow.npy --out found.json --dump dump",
      "  kairos localize --run runs/demo --features films/features --out found.csv",
      "  kairos localize --run runs/demo --data data/demo --format elan --out annotations"
    })
final class LocalizeCommand implements Callable<Integer> {
  @ParentCommand private KairosCommand kairos;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "RUN",
      description = "Run folder that kairos train made.")
  private Path run = Path.of("");

  @Option(names = "--data", paramLabel = "DIR", description = "Data folder to look through.")
  private @Nullable Path data;

  @Option(
      names = "--subset",
      paramLabel = "NAME",
      description = "With --data: the subset to look through (default: test).")
  private @Nullable String subset;

  @Option(
      names = "--skip-missing",
      description = "With --data: leave out recordings without feature files.")
  private boolean skipMissing;

  @Mixin private FeatureOption features = new FeatureOption();

  @Option(
      names = "--fps",
      paramLabel = "X",
      description = "With --features: frames per second, if the run's recordings have their own.")
  private @Nullable Double fps;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "With --features: how long the recording lasts, if the run's rows divide that.")
  private @Nullable Double duration;

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description = "The run as it was at the end of this one of its stages.")
  private @Nullable String stage;

  @Option(
      names = "--checkpoint",
      paramLabel = "best|last",
      description =
          "Which weights: best, those that scored best on what the training held out, or the last"
              + " (default: best where it held something out).")
  private @Nullable String checkpoint;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Another setting than the run has, such as suppression=nms. Repeatable.")
  private List<String> settings = new ArrayList<>();

  @Mixin private DetectionOutput out = new DetectionOutput();

  @Option(
      names = "--dump",
      paramLabel = "DIR",
      description = "Also write activations (cas/<id>.npy) and localizations.json.")
  private @Nullable Path dump;

  @Option(
      names = "--on-error",
      paramLabel = "stop|skip",
      description =
          "What to do about a recording that cannot be read or localised: stop, or name it and go on"
              + " with the others; the exit code is then 1 (default: stop).")
  private OnError onError = OnError.stop;

  /** What becomes of the others when a recording fails. */
  enum OnError {
    stop,
    skip
  }

  @Mixin private ComputeOptions compute = new ComputeOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  LocalizeCommand() {}

  @Override
  public Integer call() throws Exception {
    return StopSignal.guard(kairos.messages(), kairos.out(), this::localize);
  }

  private int localize(StopSignal signal) throws IOException {
    if ((data == null) == !features.isGiven()) {
      throw new UsageException("localize needs --data or --features, one of them", "--data DIR");
    }
    if (data == null && (subset != null || skipMissing)) {
      throw new UsageException(
          "--subset and --skip-missing mean nothing for --features", "leave them out");
    }
    if (data != null && (fps != null || duration != null)) {
      throw new UsageException(
          "--fps and --duration mean nothing for --data", "annotations.json says them");
    }
    if (dump != null && !kairos.surroundings().localization().keepsCurves()) {
      throw new UsageException(
          "--dump: what lies between features and detections stays on the machines of the cluster",
          "dump some of the recordings with kairos localize");
    }
    requireWritable();
    RunFolder folder = RunFolder.open(run);
    KeptWeights which = which(folder);
    List<String> edits = folder.configEdits();
    if (!edits.isEmpty()) {
      kairos
          .messages()
          .warning(
              folder.file(RunFolder.CONFIG)
                  + ": changed since the run was begun: "
                  + String.join("; ", edits));
    }
    try (Engine engine = compute.open(kairos.messages())) {
      Method method = Methods.of(folder);
      Experiment experiment =
          stage == null
              ? Experiment.open(folder, method, engine, which, settings)
              : Experiment.open(folder, method, engine, stage, settings);
      if (checkpoint != null || Files.exists(folder.file(BestCheckpoint.NAME))) {
        kairos
            .messages()
            .info("weights: " + (experiment.weights().isEmpty() ? "last" : experiment.weights()));
      }
      Progress progress = signal.stopping(kairos.progress(), "run it again");
      LocalizedRecordings found =
          data == null ? ofFiles(experiment, progress) : all(experiment, data, progress);
      if (dump != null) {
        found.writeDump(dump);
      }
      out.write(found, data);
      Map<String, List<Detection>> detections = found.detections();
      int count = detections.values().stream().mapToInt(List::size).sum();
      kairos
          .messages()
          .info(
              "wrote %s: %s in %s"
                  .formatted(
                      out,
                      Messages.count(count, "detection"),
                      Messages.count(detections.size(), "recording")));
      return told(found.failed(), detections.size());
    }
  }

  /** Names the recordings that were left out. */
  private int told(Map<String, String> failed, int localized) {
    if (failed.isEmpty()) {
      return 0;
    }
    Messages messages = kairos.messages();
    failed.forEach((id, why) -> messages.warning("recording '" + id + "' left out: " + why));
    return messages.error(
        new Failure(
            "KNUM-005",
            "%d of %s failed and are not in %s"
                .formatted(
                    failed.size(), Messages.count(failed.size() + localized, "recording"), out),
            "",
            "the warnings say what is wrong with each"));
  }

  private KeptWeights which(RunFolder folder) {
    String word = checkpoint;
    if (word == null) {
      return KeptWeights.BEST;
    }
    if (stage != null) {
      throw new UsageException(
          "--stage and --checkpoint do not go together", "a stage has the weights of its end");
    }
    if (word.equals(KeptWeights.LAST.word())) {
      return KeptWeights.LAST;
    }
    if (!word.equals(KeptWeights.BEST.word())) {
      throw new UsageException("--checkpoint " + word, "choose one of best, last");
    }
    if (!Files.exists(folder.file(BestCheckpoint.NAME))) {
      throw new UsageException(
          "--checkpoint best: %s has no %s, its training held nothing out, or scored nothing yet"
              .formatted(folder.path(), BestCheckpoint.NAME),
          "--checkpoint last");
    }
    return KeptWeights.BEST;
  }

  /** Said before the work, and not after it. */
  private void requireWritable() throws IOException {
    out.requireWritable();
    if (dump != null && Files.exists(dump) && !Files.isDirectory(dump)) {
      throw new FileSystemException(dump.toString(), null, "is a file, expected a folder");
    }
  }

  private LocalizedRecordings all(Experiment experiment, Path folder, Progress progress)
      throws IOException {
    Dataset dataset = Dataset.open(folder, new OpenOptions(List.of(), List.of(), skipMissing));
    CheckedData.said(dataset, kairos.messages());
    String chosen = subset == null ? Dataset.TEST : subset;
    List<Recording> recordings = dataset.subset(chosen);
    out.requireRoom(recordings.size());
    LocalizedRecordings found =
        work().of(experiment, dataset, recordings, onError == OnError.skip, progress);
    found.lost(experiment, dataset, chosen).ifPresent(kairos.messages()::warning);
    return found;
  }

  private LocalizedRecordings ofFiles(Experiment experiment, Progress progress) throws IOException {
    Map<String, List<Path>> files =
        features.recordings(experiment.data().streams(), kairos.surroundings().paths());
    out.requireRoom(files.size());
    if (duration != null && files.size() > 1) {
      throw new UsageException(
          "--duration is that of one recording, found " + files.size(),
          "bring them one by one, or annotate them and use --data");
    }
    Recording known = Recording.unannotated("recording", number(duration), number(fps));
    return work().ofFiles(experiment, files, known, onError == OnError.skip, progress);
  }

  private LocalizationWork work() {
    return kairos.surroundings().localization();
  }

  private static double number(@Nullable Double given) {
    if (given != null && !(given > 0 && Double.isFinite(given))) {
      throw new UsageException("--fps and --duration must be positive: " + given, "correct it");
    }
    return given == null ? Double.NaN : given;
  }
}
