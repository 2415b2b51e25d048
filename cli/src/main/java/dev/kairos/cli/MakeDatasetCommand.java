// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.generate.AnnotatedGenerator;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.points.DrawnPoints;
import dev.kairos.methods.points.PointRule;
import dev.kairos.methods.salads.SaladsConverter;
import dev.kairos.methods.sbhar.SbharConverter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      "  kairos make-dataset sbhar --raw sbhar --out data/sbhar",
      "  kairos make-dataset 50salads --raw 50salads-scores --out data/salads --points uniform",
      "  kairos make-dataset thumos14 --annotations thumos14/annotations.json --out data/sizes"
    })
final class MakeDatasetCommand implements Callable<Integer> {
  private static final List<String> KINDS = List.of("thumos-like", "sbhar", "50salads", "thumos14");
  private static final String SOURCE = "source";

  @ParentCommand private KairosCommand kairos;

  @Parameters(
      paramLabel = "KIND",
      description =
          "thumos-like (made from a seed), sbhar (from motion sensor recordings), 50salads (from a"
              + " classifier's scores of cooking videos) or thumos14 (real annotations with made-up"
              + " features, to see how long trainings take).")
  private String kind = "";

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to make.")
  private Path out = Path.of("");

  @Option(
      names = "--points",
      paramLabel = "RULE",
      description =
          "Where points.csv comes from: uniform, gaussian or centre of each action, or source, the"
              + " data set's own, which is the default. 50salads and thumos14 have none: uniform in"
              + " the middle 60 %% without this option.")
  private String points = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "thumos-like and thumos14: everything follows it. Others: points that are drawn do.")
  private @Nullable Long seed;

  @Option(names = "--quick", description = "thumos-like: smaller, for a first look.")
  private boolean quick;

  @Option(
      names = "--raw",
      paramLabel = "DIR",
      description =
          "sbhar: folder with clips.json and recordings/ID.npz. 50salads: with annotations.json and"
              + " svm_scores.npz.")
  private @Nullable Path raw;

  @Option(
      names = "--annotations",
      paramLabel = "FILE",
      description = "thumos14: its annotations, ActivityNet JSON.")
  private @Nullable Path annotations;

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "thumos14: values of a snippet in each of two streams, 1024 if not given.")
  private @Nullable Integer width;

  @Option(
      names = "--fold",
      paramLabel = "N",
      description = "50salads: the fold to test on, 1 if not given.")
  private @Nullable Integer fold;

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
    if (!made.pointSource().isEmpty()) {
      kairos.messages().info("points: " + made.pointSource());
    }
    return 0;
  }

  private int make() throws IOException {
    switch (kind) {
      case "thumos-like" -> thumosLike();
      case "sbhar" -> sbhar();
      case "50salads" -> salads();
      case "thumos14" -> thumos14();
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
    refuse(fold != null, "--fold");
    refuseAnnotations();
    ThumosLikeOptions size = quick ? ThumosLikeOptions.quick() : ThumosLikeOptions.demo();
    ThumosLikeOptions options = seed == null ? size : size.withSeed(seed);
    PointRule rule = rule();
    if (rule == null) {
      ThumosLikeGenerator.write(out, options);
    } else {
      ThumosLikeGenerator.write(out, options, rule);
    }
  }

  private void sbhar() throws IOException {
    refuse(quick, "--quick");
    refuse(fold != null, "--fold");
    refuseAnnotations();
    Path from = raw("the recordings");
    PointRule rule = rule();
    refuseSeedUnless(rule != null && rule.isRandom());
    SbharConverter.convert(from, out, background, rule == null ? null : drawn(rule));
  }

  private void salads() throws IOException {
    refuse(quick, "--quick");
    refuse(!background.isEmpty(), "--background");
    refuseAnnotations();
    Path from = raw("the scores");
    PointRule rule = ruleWithoutSource();
    refuseSeedUnless(rule.isRandom());
    int testFold = fold == null ? SaladsConverter.FIRST_FOLD : fold;
    SaladsConverter.convert(from, out, testFold, drawn(rule));
  }

  private void thumos14() throws IOException {
    refuse(quick, "--quick");
    refuse(raw != null, "--raw");
    refuse(!background.isEmpty(), "--background");
    refuse(fold != null, "--fold");
    Path file = annotations;
    if (file == null) {
      throw new UsageException(kind + " needs annotations", "--annotations FILE");
    }
    int values = width == null ? 1024 : width;
    if (values < 8 || values > 65_536) {
      throw new UsageException(
          "--width " + values + ": must be between 8 and 65536", "leave it out");
    }
    PointRule rule = ruleWithoutSource();
    AnnotatedGenerator.write(file, out, values, seed == null ? 0 : seed, drawn(rule));
  }

  private PointRule ruleWithoutSource() {
    if (points.equals(SOURCE)) {
      throw new UsageException(
          kind + " has no points of its own", "--points " + String.join(", ", PointRule.NAMES));
    }
    PointRule named = rule();
    return named == null ? PointRule.middle() : named;
  }

  private Path raw(String what) {
    Path from = raw;
    if (from == null) {
      throw new UsageException(kind + " needs " + what, "--raw DIR");
    }
    return from;
  }

  /** The rule that was asked for, null for the data set's own points. */
  private @Nullable PointRule rule() {
    if (points.isEmpty() || points.equals(SOURCE)) {
      return null;
    }
    List<String> known = Stream.concat(PointRule.NAMES.stream(), Stream.of(SOURCE)).toList();
    return PointRule.named(points)
        .orElseThrow(
            () ->
                new UsageException(
                    "unknown rule for points: "
                        + Shown.of(points)
                        + ", there are "
                        + String.join(", ", known),
                    NearestName.among(points, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("kairos make-dataset --help")));
  }

  private DrawnPoints drawn(PointRule rule) {
    return new DrawnPoints(rule, seed == null ? 0 : seed);
  }

  private void refuseSeedUnless(boolean random) {
    if (seed != null && !random) {
      throw new UsageException(
          "--seed means nothing for " + kind + " without points to draw",
          "leave it out, or give --points uniform or gaussian");
    }
  }

  private void refuseAnnotations() {
    refuse(annotations != null, "--annotations");
    refuse(width != null, "--width");
  }

  private void refuse(boolean given, String option) {
    if (given) {
      throw new UsageException(option + " means nothing for " + kind, "leave it out");
    }
  }
}
