// SPDX-License-Identifier: Apache-2.0
package dev.kairos.e2e;

import dev.kairos.cli.Main;
import dev.kairos.methods.generate.ThumosLikeOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A training that takes a second or two. */
final class TinyRun {
  /** Two classes, six recordings to train on, three to test. */
  static final ThumosLikeOptions DATA = new ThumosLikeOptions(5, 2, 6, 3, 20, 30, 8, 8, 0.5, 0.2);

  private TinyRun() {}

  /** The command line of a new run. */
  static List<String> train(Path data, Path out, int steps) {
    return train(
        "basnet",
        data,
        out,
        List.of("segments=16", "filterHidden=4", "hidden=8", "batch=4", "steps=" + steps));
  }

  /** The command line of a new run of several trainings. */
  static List<String> trainInStages(Path data, Path out, int ilgSteps, int ptlrSteps) {
    return train(
        "multires",
        data,
        out,
        List.of(
            "segments=16",
            "ilg.filterHidden=4",
            "ilg.hidden=8",
            "ilg.batch=4",
            "ilg.steps=" + ilgSteps,
            "labels.action=0.2", // so small a network is seldom sure
            "labels.background=0.3",
            "ptlr.hidden=4",
            "ptlr.batch=4",
            "ptlr.stages=2",
            "ptlr.steps=" + ptlrSteps));
  }

  /** The command line of a new run that renews its labels six times. */
  static List<String> trainOnOwnLabels(Path data, Path out) {
    return train(
        "gaufuse",
        data,
        out,
        List.of(
            "hidden=8",
            "epochs=1400",
            "batch=2",
            "memory.from=200",
            "classThreshold=0.05",
            "useAttention=false", // so small a network attends to nothing
            "activationThresholds=0.1,0.3,0.5",
            "train.evaluateEvery=0"));
  }

  /** The command line of a new run that learns from points and looks at what it makes of them. */
  static List<String> trainOnPoints(Path data, Path out, int epochs, int lookEvery) {
    return train(
        "apn",
        data,
        out,
        List.of(
            "embedded=8",
            "boundaryWidth=4",
            "width=8",
            "heads=2",
            "layers=1",
            "samples=4",
            "classWidth=8",
            "batch=4",
            "epochs=" + epochs,
            "pseudo.every=3",
            "pseudo.logEvery=" + lookEvery));
  }

  private static List<String> train(String method, Path data, Path out, List<String> settings) {
    List<String> words =
        new ArrayList<>(
            List.of("train", method, "--data", data.toString(), "--out", out.toString()));
    settings.forEach(setting -> words.addAll(List.of("--set", setting)));
    return words;
  }

  /** Runs a command line in this JVM; its messages if it fails. */
  static void succeed(List<String> words) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code = Main.run(words.toArray(String[]::new), stream, stream);
    if (code != 0) {
      throw new AssertionError(
          "exit code " + code + " of " + words + ":\n" + said.toString(StandardCharsets.UTF_8));
    }
  }
}
