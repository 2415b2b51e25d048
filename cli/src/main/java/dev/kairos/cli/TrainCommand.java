// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.Folds;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.SeedScores;
import dev.kairos.methods.pipeline.SeedTraining;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.training.Method;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kairos train}: from a data folder to a run folder. */
@Command(
    name = "train",
    description =
        "Train a method; localise, score and report on the subset test where there is one.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kairos train basnet --data data/demo --out runs/demo --seed 7",
      "  kairos train basnet --data data/demo --out runs/demo --resume",
      "  kairos train basnet --data data/demo --out runs/best --validate 0.2 --patience 5",
      "  kairos train basnet --help-settings",
      "  kairos train basnet --data data/demo --out runs/five --seeds 5 --set steps=800"
    })
final class TrainCommand implements Callable<Integer> {
  @ParentCommand private KairosCommand kairos;

  @Parameters(paramLabel = "METHOD", description = "The method, for example basnet.")
  private String method = "";

  @Spec private CommandSpec spec;

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--out",
      paramLabel = "RUN",
      description = "Run folder to make; never overwritten. Not needed with --dry-run.")
  private @Nullable Path out;

  @Mixin private SettingOptions settings = new SettingOptions();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "N runs with seeds SEED, SEED+1, .. in RUN/seed-<n>; mean and deviation.")
  private @Nullable Integer seeds;

  @Option(
      names = "--folds",
      paramLabel = "K|subject",
      description =
          "Cross-validation: K runs in RUN/fold-<n>, each scored on another part of the recordings to"
              + " learn from; subjects are not parted. subject: one run for each.")
  private @Nullable String folds;

  @Mixin private ValidationOptions validation = new ValidationOptions();

  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Begin with these weights, such as import-weights writes, not drawn ones.")
  private @Nullable Path weights;

  @Option(names = "--resume", description = "Go on with a run that was stopped.")
  private boolean resume;

  @Option(
      names = "--dry-run",
      description = "Check the data, estimate memory and time; write nothing.")
  private boolean dryRun;

  @Option(
      names = "--help-settings",
      description =
          "Only print every setting of METHOD: what is allowed, its value by preset and --set, the"
              + " paper's value, and what it means.")
  private boolean helpSettings;

  @Option(
      names = "--max-time",
      paramLabel = "SECONDS",
      description = "Save and stop after this time; --resume goes on.")
  private double maxTime = Double.POSITIVE_INFINITY;

  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "Least time between two checkpoints (default: ${DEFAULT-VALUE}).")
  private double checkpointSeconds;

  @Option(
      names = "--tiou",
      paramLabel = "RANGE",
      description = "Thresholds of the scores (default: 0.1:0.1:0.7).")
  private @Nullable String tiou;

  @SuppressWarnings("NullAway.Init") // picocli sets parent and spec
  TrainCommand() {}

  @Override
  public Integer call() throws Exception {
    long started = System.nanoTime();
    Method chosen = Methods.named(method);
    Messages messages = kairos.messages();
    if (helpSettings) {
      new SettingTable(chosen, settings, data.folder()).print(kairos.out());
      return 0;
    }
    double[] thresholds = Scoring.thresholds(tiou == null ? "0.1:0.1:0.7" : tiou);
    checkNumbers();
    settings.add(validation.settings(settings));
    Path place = requireData();
    if (dryRun) {
      Dataset dataset = CheckedData.open(place, data.open(), true, messages);
      validation.check(dataset);
      new DryRun(chosen, dataset, settings, compute, messages).print(kairos.out());
      return 0;
    }
    Path folder = place();
    boolean begun = resume && !RunFolder.isEmpty(folder);
    boolean begins = !begun || seeds != null || folds != null; // a run, or one of several
    if (begins && tiou != null && validation.validate() != null) {
      settings.add(List.of("train.evaluateAt=" + tiou));
    }
    Dataset dataset =
        CheckedData.open(place, begun ? data.open(folder) : data.open(), !begun, messages);
    validation.check(dataset);
    return StopSignal.guard(
        messages,
        kairos.out(),
        signal -> {
          TrainingSession.Limits limits =
              new TrainingSession.Limits(
                  checkpointSeconds,
                  started + (long) Math.min(Long.MAX_VALUE / 4.0, maxTime * 1e9),
                  resume,
                  resumeCommand(folder));
          Function<Dataset, TrainingSession> on =
              data ->
                  new TrainingSession(
                      kairos, chosen, data, settings, compute, thresholds, limits, weights, signal);
          TrainingSession session = on.apply(dataset);
          if (folds != null) {
            folds(folder, dataset, on, thresholds);
          } else if (seeds == null) {
            session.single(folder);
          } else {
            several(
                session,
                folder,
                settings.firstSeed(chosen, dataset.description()),
                seeds,
                thresholds);
          }
          return 0;
        });
  }

  private void several(
      TrainingSession session, Path folder, long firstSeed, int count, double[] thresholds)
      throws IOException {
    SeedScores scores =
        new SeedTraining(folder, method, thresholds)
            .run(firstSeed, count, (place, seed) -> session.run(place, seed - firstSeed));
    if (!scores.isEmpty()) {
      MapTable.of(scores).print(kairos.out());
    }
  }

  private void folds(
      Path folder, Dataset dataset, Function<Dataset, TrainingSession> on, double[] thresholds)
      throws IOException {
    List<Set<String>> parts = parts(dataset.subset(Dataset.TRAIN));
    SeedScores scores =
        new SeedTraining(folder, "fold", method, thresholds)
            .run(
                1,
                parts.size(),
                (place, fold) ->
                    on.apply(dataset.withTest(parts.get((int) fold - 1))).run(place, 0));
    if (!scores.isEmpty()) {
      MapTable.of(scores).print(kairos.out());
    }
  }

  private List<Set<String>> parts(List<Recording> recordings) {
    String said = String.valueOf(folds);
    if (said.equals("subject")) {
      List<Set<String>> parts = Folds.bySubject(recordings);
      if (recordings.stream().anyMatch(r -> r.subject().isEmpty()) || parts.size() < 2) {
        throw new UsageException(
            "--folds subject needs a \"subject\" for each recording, and two at least",
            "give them in annotations.json, or --folds K");
      }
      return parts;
    }
    if (!said.matches("\\d{1,6}")) {
      throw new UsageException("--folds " + said + " is no number", "for example --folds 5");
    }
    try {
      return Folds.of(recordings, Integer.parseInt(said));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage(), "for example --folds 5");
    }
  }

  private Path requireData() {
    Path folder = data.folder();
    if (folder == null) { // only --help-settings does without
      throw new MissingParameterException(
          spec.commandLine(), spec.findOption("--data"), "Missing required option: '--data=DIR'");
    }
    return folder;
  }

  private void checkNumbers() {
    if (!(maxTime >= 0)) {
      throw new UsageException("--max-time: must not be negative: " + maxTime, "give seconds");
    }
    if (!(checkpointSeconds >= 0)) {
      throw new UsageException(
          "--checkpoint-seconds: must not be negative: " + checkpointSeconds, "give seconds");
    }
    if (seeds != null && seeds < 1) {
      throw new UsageException("--seeds: needs at least 1: " + seeds, "for example --seeds 5");
    }
    if (folds != null && seeds != null) {
      throw new UsageException("--folds and --seeds do not go together", "leave one out");
    }
    validation.check();
    if (folds != null && validation.isSubset()) {
      throw new UsageException(
          "--folds parts the recordings to learn from, and leaves no other subset to validate on",
          "--validate 0.2 holds out a share of each part");
    }
    if (dryRun && resume) {
      throw new UsageException("--dry-run and --resume do not go together", "leave one out");
    }
  }

  /** Where the run goes, refused before any work if it cannot go there. */
  private Path place() throws IOException {
    Path folder = out;
    if (folder == null) {
      throw new UsageException("train needs a run folder to make", "--out RUN");
    }
    if (!resume) {
      RunFolder.requireUnused(folder);
    } else if (!Files.exists(folder)) {
      throw DataFormatException.of(
          "KDATA-203", folder, "no such run", "leave --resume out to begin one");
    }
    return folder;
  }

  private String resumeCommand(Path folder) {
    List<String> words = new ArrayList<>(List.of("kairos", "train", method));
    words.addAll(data.words());
    words.addAll(List.of("--out", Shell.quoted(folder)));
    if (folds != null) {
      words.addAll(List.of("--folds", folds));
    }
    if (seeds != null) {
      words.addAll(List.of("--seeds", seeds.toString()));
      settings.seed().ifPresent(seed -> words.addAll(List.of("--seed", seed.toString())));
    }
    if (folds != null || seeds != null) { // those to come have no folder that knows
      words.addAll(settings.words());
      words.addAll(validation.words());
      if (tiou != null) {
        words.addAll(List.of("--tiou", tiou));
      }
    }
    words.add("--resume");
    return String.join(" ", words);
  }
}
