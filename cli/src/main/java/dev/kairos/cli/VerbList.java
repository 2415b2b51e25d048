// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;

/** The verbs of the command, and their list in its help, by what they are for. */
final class VerbList {
  private static final int NAMES = 20;
  private static final int WIDTH = 100;

  /** Verbs that speak of all others. */
  private static final Set<String> OF_ALL = Set.of("help", "completion", "man");

  /** A verb as it is written, with what carries it out. */
  private record Verb(String group, String name, Class<?> command) {}

  private static final List<Verb> VERBS =
      List.of(
          new Verb("First steps", "demo", DemoCommand.class),
          new Verb("First steps", "help", HelpCommand.class),
          new Verb("Data", "inspect", InspectCommand.class),
          new Verb("Data", "make-dataset", MakeDatasetCommand.class),
          new Verb("Data", "import-dataset", ImportDatasetCommand.class),
          new Verb("Data", "label", LabelCommand.class),
          new Verb("Training", "train", TrainCommand.class),
          new Verb("Training", "tune", TuneCommand.class),
          new Verb("Training", "import-weights", ImportWeightsCommand.class),
          new Verb("Training", "export-weights", ExportWeightsCommand.class),
          new Verb("Results", "localize", LocalizeCommand.class),
          new Verb("Results", "evaluate", EvaluateCommand.class),
          new Verb("Results", "report", ReportCommand.class),
          new Verb("Single steps", "fuse", FuseCommand.class),
          new Verb("Single steps", "pseudo-label", PseudoLabelCommand.class),
          new Verb("Single steps", "lp", LpCommand.class),
          new Verb("Many machines", "spark", SparkCommand.class),
          new Verb("This machine", "backends", BackendsCommand.class),
          new Verb("This machine", "bench", BenchCommand.class),
          new Verb("This machine", "completion", CompletionCommand.class),
          new Verb("This machine", "man", ManCommand.class));

  private VerbList() {}

  /**
   * Gives the command its verbs: all of them, or only the one that the command line begins with,
   * since reading the options of all takes longer than many a verb's work. The version alone needs
   * none.
   */
  static void addTo(CommandLine line, String[] args) {
    String first = args.length == 0 ? "" : args[0];
    if (args.length == 1 && (first.equals("--version") || first.equals("-V"))) {
      return;
    }
    boolean alone =
        !OF_ALL.contains(first) && VERBS.stream().anyMatch(verb -> verb.name().equals(first));
    for (Verb verb : VERBS) {
      if (!alone || verb.name().equals(first)) {
        line.addSubcommand(verb.command());
      }
    }
  }

  /** The list as the help shows it: of each verb the first sentence. */
  static String of(Help help) {
    Map<String, TextTable> groups = new LinkedHashMap<>();
    for (Verb verb : VERBS) {
      Help own = help.subcommands().get(verb.name());
      if (own != null) {
        groups
            .computeIfAbsent(verb.group(), group -> table(help))
            .addRowValues(verb.name(), firstSentence(own.commandSpec()));
      }
    }
    StringBuilder text = new StringBuilder();
    groups.forEach((group, table) -> text.append("%n%s:%n".formatted(group)).append(table));
    return text.toString();
  }

  private static TextTable table(Help help) {
    return TextTable.forColumns(
        help.colorScheme(),
        new Column(NAMES, 2, Column.Overflow.SPAN),
        new Column(WIDTH - NAMES, 0, Column.Overflow.WRAP));
  }

  private static String firstSentence(CommandSpec verb) {
    String all = String.join(" ", verb.usageMessage().description());
    int end = all.indexOf(". ");
    return end < 0 ? all : all.substring(0, end + 1);
  }
}
