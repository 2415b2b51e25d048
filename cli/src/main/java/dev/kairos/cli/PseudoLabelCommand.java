// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kairos.lp.linpro.Choice;
import dev.kairos.lp.linpro.LinProSolution;
import dev.kairos.lp.linpro.LinProStatus;
import dev.kairos.lp.linpro.SignForm;
import dev.kairos.lp.linpro.Weighting;
import dev.kairos.methods.pseudolabel.InstanceFile;
import dev.kairos.methods.pseudolabel.LinProLabels;
import dev.kairos.methods.tal.Proposal;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code kairos pseudo-label}: LinPro alone. */
@Command(
    name = "pseudo-label",
    description = {
      "Turn scored instances of one class into a label for each snippet.",
      "It is the label of least L1 norm in which the sum inside an instance, less the sum beside it,",
      "is its score. Where instances contradict each other, scores are missed at a price of 1000, and",
      "the objective includes it."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  kairos pseudo-label --instances instances.json --length 300")
final class PseudoLabelCommand implements Callable<Integer> {
  private static final int LONGEST = 10_000_000;
  private static final double MISSED = 1e-6;

  /** What contrasts are of. */
  enum Contrast {
    unit,
    normalized
  }

  /** Which of several labels it is. */
  enum Tie {
    LEAST_NORM(Choice.LEAST_NORM),
    VERTEX(Choice.VERTEX);

    private final Choice choice;

    Tie(Choice choice) {
      this.choice = choice;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @ParentCommand private KairosCommand kairos;

  @Option(
      names = "--instances",
      required = true,
      paramLabel = "F.json",
      description = "[{\"start\", \"end\", \"score\"}, ..] in snippets, the end exclusive.")
  private Path instances;

  @Option(
      names = "--length",
      required = true,
      paramLabel = "T",
      description = "Number of snippets.")
  private int length;

  @Option(
      names = "--weighting",
      paramLabel = "W",
      description = "unit: contrasts of sums (default); normalized: of means.")
  private Contrast weighting = Contrast.unit;

  @Option(names = "--free", description = "Labels of any sign instead of within [0, 1].")
  private boolean free;

  @Option(
      names = "--choice",
      paramLabel = "C",
      description =
          "Of several such labels: least-norm, the one of least squares (default); vertex, the"
              + " quickest to find.")
  private Tie tie = Tie.LEAST_NORM;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets parent and required options
  PseudoLabelCommand() {}

  @Override
  public Integer call() throws IOException {
    if (length < 1 || length > LONGEST) {
      throw new UsageException(
          "--length must be from 1 to " + LONGEST + ": " + length, "give the number of snippets");
    }
    List<Proposal> read = InstanceFile.read(instances, length);
    LinProLabels.Options defaults = LinProLabels.Options.defaults();
    LinProSolution found =
        LinProLabels.solve(
            read,
            length,
            new LinProLabels.Options(
                weighting == Contrast.unit ? Weighting.UNIT : Weighting.NORMALIZED,
                free ? SignForm.FREE : SignForm.BOX,
                defaults.margin(),
                defaults.onInfeasible(),
                defaults.penalty(),
                tie.choice));
    if (found.status() != LinProStatus.OPTIMAL) {
      String message = instances + ": no label passed its check";
      return kairos.messages().error(new Failure("KNUM-020", message, "", ""));
    }
    warnOfMissedScores(found.missed());
    if (json) {
      kairos.out().println(toJson(found));
    } else {
      print(kairos.out(), found);
    }
    return 0;
  }

  private void warnOfMissedScores(double[] missed) {
    int count = 0;
    for (double value : missed) {
      count += Math.abs(value) > MISSED ? 1 : 0;
    }
    if (count > 0) {
      kairos
          .messages()
          .warning(
              "The instances contradict each other: of "
                  + Messages.count(missed.length, "score")
                  + ", "
                  + count
                  + " could not be met.");
    }
  }

  private static void print(PrintStream out, LinProSolution found) {
    double[] label = found.label();
    for (int start = 0; start < label.length; ) {
      int end = start + 1;
      while (end < label.length && label[end] == label[start]) {
        end++;
      }
      if (label[start] != 0) {
        out.println(
            String.format(Locale.ROOT, "[%d, %d)  %s", start, end, Double.toString(label[start])));
      }
      start = end;
    }
    out.println(
        "objective "
            + found.objective()
            + ", residual "
            + found.residual()
            + ", "
            + Messages.count(found.groups(), "group")
            + " of equal snippets");
  }

  private static String toJson(LinProSolution found) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("label");
      for (double value : found.label()) {
        json.writeNumber(value);
      }
      json.writeEndArray();
      json.writeNumberField("objective", found.objective());
      json.writeNumberField("residual", found.residual());
      json.writeNumberField("groups", found.groups());
      json.writeEndObject();
    }
    return text.toString();
  }
}
