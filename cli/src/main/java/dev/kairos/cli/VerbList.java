// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;

/** The verbs in the help of the command itself, by what they are for. */
final class VerbList {
  private static final int NAMES = 20;
  private static final int WIDTH = 100;

  private VerbList() {}

  /** The verbs by group, in the order in which they are shown. */
  static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put("First steps", List.of("demo", "help"));
    groups.put("Data", List.of("inspect", "make-dataset", "import-dataset", "label"));
    groups.put("Training", List.of("train", "tune", "import-weights", "export-weights"));
    groups.put("Results", List.of("localize", "evaluate", "report"));
    groups.put("Single steps", List.of("fuse", "pseudo-label", "lp"));
    groups.put("Many machines", List.of("spark"));
    groups.put("This machine", List.of("backends", "bench", "completion", "man"));
    return groups;
  }

  /** The list as the help shows it: of each verb the first sentence. */
  static String of(Help help) {
    StringBuilder text = new StringBuilder();
    Map<String, Help> verbs = help.subcommands();
    for (Map.Entry<String, List<String>> group : groups().entrySet()) {
      TextTable table =
          TextTable.forColumns(
              help.colorScheme(),
              new Column(NAMES, 2, Column.Overflow.SPAN),
              new Column(WIDTH - NAMES, 0, Column.Overflow.WRAP));
      for (String verb : group.getValue()) {
        Help own = verbs.get(verb);
        if (own != null) {
          table.addRowValues(verb, firstSentence(own.commandSpec()));
        }
      }
      text.append("%n%s:%n".formatted(group.getKey())).append(table);
    }
    return text.toString();
  }

  private static String firstSentence(CommandSpec verb) {
    String all = String.join(" ", verb.usageMessage().description());
    int end = all.indexOf(". ");
    return end < 0 ? all : all.substring(0, end + 1);
  }
}
