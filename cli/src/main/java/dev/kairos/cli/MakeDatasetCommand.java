// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.sbhar.SbharConverter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kairos make-dataset}: data folders that can be made without a download. */
@Command(
    name = "make-dataset",
    description = "Make a data folder.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kairos make-dataset thumos-like --out data/demo --seed 7",
      "  kairos make-dataset sbhar --raw sbhar --out data/sbhar"
    })
final class MakeDatasetCommand implements Callable<Integer> {
  private static final List<String> KINDS = List.of("thumos-like", "sbhar");

  @ParentCommand private KairosCommand kairos;

  @Parameters(
      paramLabel = "KIND",
      description = "thumos-like (made from a seed) or sbhar (from motion sensor recordings).")
  private String kind = "";

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to make.")
  private Path out = Path.of("");

  @Option(names = "--seed", paramLabel = "N", description = "thumos-like: everything follows it.")
  private @Nullable Long seed;

  @Option(names = "--quick", description = "thumos-like: smaller, for a first look.")
  private boolean quick;

  @Option(
      names = "--raw",
      paramLabel = "DIR",
      description = "sbhar: folder with clips.json and recordings/ID.npz.")
  private @Nullable Path raw;

  @Option(
      names = "--background",
      split = ",",
      paramLabel = "CLASS",
      description = "sbhar: classes whose time counts as background.")
  private Set<String> background = new TreeSet<>();

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  MakeDatasetCommand() {}

  @Override
  public Integer call() throws Exception {
    int code = StopSignal.guardWhole(kairos.messages(), kairos.out(), this::make);
    if (code != 0) {
      return code;
    }
    Dataset made = Dataset.open(out);
    StringBuilder line =
        new StringBuilder("wrote " + out + ": " + Messages.count(made.classes(), "class"));
    for (String subset : made.subsets()) {
      line.append(", ").append(made.subset(subset).size()).append(' ').append(subset);
    }
    kairos.messages().info(line + " recordings");
    return 0;
  }

  private int make() throws IOException {
    switch (kind) {
      case "thumos-like" -> thumosLike();
      case "sbhar" -> sbhar();
      default ->
          throw new UsageException(
              "unknown kind of data set: " + kind + ", there are " + String.join(", ", KINDS),
              NearestName.among(kind, KINDS)
                  .map(near -> "did you mean " + near + "?")
                  .orElse("kairos make-dataset --help"));
    }
    return 0;
  }

  private void thumosLike() throws IOException {
    refuse(raw != null, "--raw");
    refuse(!background.isEmpty(), "--background");
    ThumosLikeOptions options = quick ? ThumosLikeOptions.quick() : ThumosLikeOptions.demo();
    ThumosLikeGenerator.write(out, seed == null ? options : options.withSeed(seed));
  }

  private void sbhar() throws IOException {
    refuse(seed != null, "--seed");
    refuse(quick, "--quick");
    Path from = raw;
    if (from == null) {
      throw new UsageException("sbhar needs the recordings", "--raw DIR");
    }
    SbharConverter.convert(from, out, background);
  }

  private void refuse(boolean given, String option) {
    if (given) {
      throw new UsageException(option + " means nothing for " + kind, "leave it out");
    }
  }
}
