// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.evaluation.DetectionEvaluation;
import dev.kairos.methods.evaluation.EvaluationCounts;
import dev.kairos.methods.evaluation.EvaluationFile;
import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.evaluation.Thresholds;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code kairos evaluate}: detections against annotations. */
@Command(
    name = "evaluate",
    description = "Score detections: mean average precision by a published protocol.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kairos evaluate --detections detections.json --truth annotations.json --tiou 0.5,0.75",
      "  kairos evaluate --detections d.json --truth DATA --protocol wtalc --ambiguous a.txt"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final int LONGEST_NAME = 32;

  @ParentCommand private KairosCommand kairos;

  @Mixin private Scoring scoring = new Scoring();

  @Option(names = "--json", description = "Print one JSON object, fractions instead of percent.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  EvaluateCommand() {}

  @Override
  public Integer call() throws IOException {
    DetectionEvaluation outcome = scoring.run(kairos.messages());
    outcome.notes().forEach(kairos.messages()::warning);
    EvaluationFile.About about = new EvaluationFile.About(outcome.truth().subset(), "");
    if (json) {
      kairos.out().println(EvaluationFile.toJson(outcome.result(), about, outcome.boundaries()));
    } else {
      print(kairos.out(), outcome.result());
      kairos.out().println(about.words(outcome.result().protocol()));
    }
    return 0;
  }

  private static void print(PrintStream out, EvaluationResult result) {
    int width =
        result.classes().stream()
            .mapToInt(String::length)
            .filter(n -> n <= LONGEST_NAME)
            .max()
            .orElse(LONGEST_NAME);
    width = Math.max(width, "average precision, %".length());
    StringBuilder head = new StringBuilder(cell("average precision, %", width));
    for (double tiou : result.tious()) {
      head.append(" %7s".formatted("@" + Thresholds.written(tiou).toPlainString()));
    }
    out.println(head + " average");
    for (String label : result.classes()) {
      row(out, cell(Messages.oneLine(label), width), result.ap(label));
    }
    row(out, cell("mAP", width), result.map());
    if (!result.averages().isEmpty()) {
      out.println(
          result.averages().entrySet().stream()
              .map(e -> String.format(Locale.ROOT, "%s %.2f", e.getKey(), e.getValue() * 100))
              .collect(Collectors.joining(", ", "averages of mAP: ", "")));
    }
    EvaluationCounts counts = result.counts();
    out.println(
        Messages.count(counts.recordings(), "recording")
            + ", "
            + Messages.count(counts.instances(), "action")
            + ", "
            + Messages.count(counts.detections(), "detection"));
  }

  private static void row(PrintStream out, String name, double[] fractions) {
    StringBuilder line = new StringBuilder(name);
    double sum = 0;
    for (double fraction : fractions) {
      line.append(String.format(Locale.ROOT, " %7.2f", fraction * 100));
      sum += fraction;
    }
    out.println(line + String.format(Locale.ROOT, " %7.2f", sum / fractions.length * 100));
  }

  private static String cell(String name, int width) {
    String shown = name.length() <= width ? name : name.substring(0, width - 1) + "…";
    return shown + " ".repeat(width - shown.length());
  }
}
