// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureFile;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.OpenOptions;
import dev.kairos.methods.pipeline.LocalizedRecordings;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.training.Experiment;
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
    description = "Find actions with a trained run, in a data folder or in feature files.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kairos localize --run runs/demo --data data/demo --out detections.json",
      "  kairos localize --run runs/m --stage ilg --data data/demo --out initial.json",
      "  kairos localize --run runs/demo --features rgb.npy,flow.npy --out found.json --dump dump"
    })
final class LocalizeCommand implements Callable<Integer> {
  private static final String SUFFIX = ".npy";

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

  @Option(
      names = "--features",
      split = ",",
      paramLabel = "FILE",
      description = "Instead of --data, one recording: F.npy, or a file for each stream.")
  private List<Path> features = new ArrayList<>();

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description = "The run as it was at the end of this one of its stages.")
  private @Nullable String stage;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Another setting than the run has, such as suppression=nms. Repeatable.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Detections to write, in the ActivityNet submission form.")
  private Path out = Path.of("");

  @Option(
      names = "--dump",
      paramLabel = "DIR",
      description = "Also write activations (cas/<id>.npy) and localizations.json.")
  private @Nullable Path dump;

  @Mixin private ComputeOptions compute = new ComputeOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  LocalizeCommand() {}

  @Override
  public Integer call() throws Exception {
    return StopSignal.guard(kairos.messages(), kairos.out(), this::localize);
  }

  private int localize(StopSignal signal) throws IOException {
    if ((data == null) == features.isEmpty()) {
      throw new UsageException("localize needs --data or --features, one of them", "--data DIR");
    }
    if (data == null && subset != null) {
      throw new UsageException("--subset means nothing for --features", "leave it out");
    }
    requireWritable();
    RunFolder folder = RunFolder.open(run);
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
              ? Experiment.open(folder, method, engine, settings)
              : Experiment.open(folder, method, engine, stage, settings);
      LocalizedRecordings found =
          data == null
              ? one(experiment)
              : all(experiment, data, signal.stopping(kairos.progress(), "run it again"));
      if (dump != null) {
        found.writeDump(dump);
      }
      found.writeDetections(out);
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
    }
    return 0;
  }

  /** Said before the work, and not after it. */
  private void requireWritable() throws IOException {
    Path parent = out.toAbsolutePath().getParent();
    if (Files.isDirectory(out)) {
      throw new FileSystemException(out.toString(), null, "is a folder, expected a file to write");
    }
    if (parent == null || !Files.isDirectory(parent)) {
      throw new FileSystemException(out.toString(), null, "there is no folder " + parent);
    }
    if (!Files.isWritable(parent)) {
      throw new FileSystemException(out.toString(), null, "the folder cannot be written to");
    }
    if (dump != null && Files.exists(dump) && !Files.isDirectory(dump)) {
      throw new FileSystemException(dump.toString(), null, "is a file, expected a folder");
    }
  }

  private LocalizedRecordings all(Experiment experiment, Path folder, Progress progress)
      throws IOException {
    Dataset dataset = Dataset.open(folder, new OpenOptions(List.of(), List.of(), skipMissing));
    CheckedData.said(dataset, kairos.messages());
    String chosen = subset == null ? Dataset.TEST : subset;
    LocalizedRecordings found =
        LocalizedRecordings.of(experiment, dataset, dataset.subset(chosen), progress);
    found.lost(experiment, dataset, chosen).ifPresent(kairos.messages()::warning);
    return found;
  }

  private LocalizedRecordings one(Experiment experiment) throws IOException {
    DatasetDescription trained = experiment.data();
    if (features.size() != 1 && features.size() != trained.streams().size()) {
      throw new UsageException(
          "--features: found %s, the run was trained on the streams %s"
              .formatted(
                  Messages.count(features.size(), "file"), FeatureStream.named(trained.streams())),
          "give a file for each, in this order, or one that holds all");
    }
    FeatureSequence read = FeatureFile.join(features, trained.streams());
    String name = String.valueOf(features.get(0).getFileName());
    String id = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    return LocalizedRecordings.of(experiment, id, read);
  }
}
