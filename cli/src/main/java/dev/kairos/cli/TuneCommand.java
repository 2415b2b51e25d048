// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.cli.report.TunePage;
import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.SettingSpace;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.methods.tuning.SearchPlan;
import dev.kairos.methods.tuning.SearchPlan.Search;
import dev.kairos.methods.tuning.Trial;
import dev.kairos.methods.tuning.Tuning;
import dev.kairos.methods.tuning.TuningResult;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kairos tune}: settings that do best on what is held out. */
@Command(
    name = "tune",
    description =
        "Try settings of a method and find those that do best on held-out recordings. The"
            + " recordings to test on are never looked at.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kairos tune basnet --data data/demo --out runs/tune --space space.toml",
      "  kairos tune basnet --data data/demo --out runs/tune --space space.toml --resume",
      "  kairos tune basnet --data data/demo --out runs/wide --space ranges.toml --trials 30 --seeds 3",
      "",
      "A space is TOML: values in a list, or a range to draw from.",
      "  learningRate = [1e-4, 1e-3]",
      "  weightDecay = {min = 1e-5, max = 1e-2, scale = \"log\"}"
    })
final class TuneCommand implements Callable<Integer> {
  private static final String SHARE = "0.2";
  private static final String REPORT = TrainingSession.REPORT;

  @ParentCommand private KairosCommand kairos;

  @Parameters(paramLabel = "METHOD", description = "The method, for example basnet.")
  private String method = "";

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the trials, a run folder each; trials.json and report.html.")
  private Path out = Path.of("");

  @Option(
      names = "--space",
      required = true,
      paramLabel = "FILE",
      description = "The settings to search over, as TOML.")
  private Path space = Path.of("");

  @Option(
      names = "--search",
      paramLabel = "grid|random",
      description = "Every combination, or drawn ones (default: grid where all values are listed).")
  private @Nullable String search;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Trials at most (default: all of a grid, 20 drawn ones).")
  private @Nullable Integer trials;

  @Option(
      names = "--seeds",
      paramLabel = "K",
      description = "Train each trial with K seeds, SEED, SEED+1, ..; their mean counts.")
  private int seeds = 1;

  @Mixin private ValidationOptions validation = new ValidationOptions();

  @Mixin private SettingOptions settings = new SettingOptions();

  @Option(
      names = "--tiou",
      paramLabel = "RANGE",
      description = "Thresholds of the scores (default: 0.1:0.1:0.7).")
  private @Nullable String tiou;

  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Option(names = "--resume", description = "Go on with a search that was stopped.")
  private boolean resume;

  @Option(names = "--json", description = "Print one JSON object, fractions instead of percent.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  TuneCommand() {}

  @Override
  public Integer call() throws Exception {
    Method chosen = Methods.named(method);
    Messages messages = kairos.messages();
    check();
    Path folder = data.folder();
    if (folder == null) {
      throw new UsageException("tune needs a data folder", "--data DIR");
    }
    SettingSpace searched = SettingSpace.read(space);
    searched.axes().forEach(axis -> settings.requireFree(axis.key()));
    Search how = search(searched);
    requirePlace();
    Dataset dataset = CheckedData.open(folder, data.open(), !resume, messages);
    validation.check(dataset);
    compute.open(messages).close(); // what computes and the preset are said once
    var unused = settings.fresh(chosen, dataset.description(), 0, messages);
    return StopSignal.guard(
        messages, kairos.out(), signal -> tune(chosen, dataset, searched, how, signal));
  }

  private int tune(
      Method chosen, Dataset dataset, SettingSpace searched, Search how, StopSignal signal)
      throws IOException {
    TuningResult result =
        new Tuning(chosen, dataset, searched, how, base(chosen, dataset))
            .trials(trials == null ? 0 : trials)
            .seeds(seeds)
            .by(kairos.surroundings().runs())
            .engines(compute::open)
            .options(new TrainingLoop.Options(20, Double.POSITIVE_INFINITY, signal::asked))
            .progress(kairos.progress())
            .completion(new RunPage(dataset, kairos.messages()))
            .sources(TrainingSession.sources())
            .run(out);
    if (!result.isComplete()) {
      throw new StoppedException(
          out
              + ": stopped and saved after %d of %d trials"
                  .formatted(result.trials().size(), result.planned()),
          resumeCommand());
    }
    report(result);
    return result.best().isPresent() ? 0 : 1;
  }

  private void report(TuningResult result) throws IOException {
    String command = result.best().map(this::trainCommand).orElse("");
    AtomicFiles.writeString(out.resolve(REPORT), TunePage.html(result, command));
    if (json) {
      kairos.out().println(result.toJson());
    } else {
      TrialTable.print(result, kairos.out());
    }
    kairos.messages().info("wrote " + out.resolve(TuningResult.FILE_NAME) + ", " + REPORT);
    if (command.isEmpty()) {
      kairos.messages().warning("every trial failed");
    } else if (!json) {
      kairos.out().println();
      kairos.out().println("Train the settings of the best trial, and test them:");
      kairos.out().println("  " + command);
    }
  }

  private void check() {
    if (seeds < 1) {
      throw new UsageException("--seeds: needs at least 1: " + seeds, "leave it out for one");
    }
    if (trials != null && trials < 1) {
      throw new UsageException("--trials: needs at least 1: " + trials, "leave it out");
    }
    if (tiou != null) {
      var unused = Scoring.thresholds(tiou);
    }
    if (!settings.sets("train.heldOut")
        && !settings.sets("train.heldOutSubset")
        && validation.validate() == null) {
      validation.validateOn(SHARE);
    }
    validation.check();
    settings.add(validation.settings(settings));
    if (tiou != null) {
      settings.add(List.of("train.evaluateAt=" + tiou));
    }
  }

  private Search search(SettingSpace searched) {
    String word = search;
    if (word == null) {
      return SearchPlan.usual(searched);
    }
    List<String> words = Arrays.stream(Search.values()).map(Search::word).toList();
    return Arrays.stream(Search.values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--search " + word + ": there is no such search",
                    NearestName.advice(word, words, "choose one of grid, random")));
  }

  private void requirePlace() throws IOException {
    if (!resume) {
      RunFolder.requireUnused(out);
    } else if (!Files.exists(out)) {
      throw DataFormatException.of(
          "KDATA-203", out, "no such search", "leave --resume out to begin one");
    }
  }

  private Supplier<Settings> base(Method chosen, Dataset dataset) {
    return () -> {
      try {
        return settings.given(chosen, dataset.description());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** The command that trains the best settings, and tests them. */
  private String trainCommand(Trial best) {
    List<String> words = common("train", out.resolve("best"));
    best.settings().forEach((key, value) -> words.addAll(List.of("--set", set(key, value))));
    return String.join(" ", words);
  }

  private static String set(String key, String value) {
    boolean bare = value.matches("\"[A-Za-z][A-Za-z0-9_-]*\""); // quotes that TOML needs alone
    return Shell.quoted(key + "=" + (bare ? value.substring(1, value.length() - 1) : value));
  }

  private String resumeCommand() {
    List<String> words = common("tune", out);
    words.addAll(List.of("--space", Shell.quoted(space)));
    Optional.ofNullable(search).ifPresent(word -> words.addAll(List.of("--search", word)));
    Optional.ofNullable(trials)
        .ifPresent(count -> words.addAll(List.of("--trials", count.toString())));
    words.add("--resume");
    return String.join(" ", words);
  }

  private List<String> common(String verb, Path place) {
    List<String> words = new ArrayList<>(List.of("kairos", verb, method));
    words.addAll(data.words());
    words.addAll(List.of("--out", Shell.quoted(place)));
    words.addAll(settings.words());
    words.addAll(validation.words());
    if (tiou != null) {
      words.addAll(List.of("--tiou", tiou));
    }
    settings.seed().ifPresent(seed -> words.addAll(List.of("--seed", seed.toString())));
    if (seeds > 1) {
      words.addAll(List.of("--seeds", Integer.toString(seeds)));
    }
    return words;
  }
}
