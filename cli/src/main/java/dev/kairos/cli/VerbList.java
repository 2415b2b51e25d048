// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;

/** The verbs in the help of the command itself, by what they are for. */
final class VerbList {
  private static final int WIDTH = 18;

  private VerbList() {}

  /** The verbs by group, in the order in which they are shown. */
  static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put("First steps", List.of("demo", "help"));
    groups.put("Data", List.of("inspect", "make-dataset", "import-dataset", "label"));
    groups.put("Training", List.of("train", "tune", "import-weights", "export-weights"));
    groups.put("Results", List.of("localize", "evaluate", "report"));
    groups.put("Single steps", List.of("fuse", "pseudo-label", "lp"));
    groups.put("This machine", List.of("backends", "bench", "completion", "man"));
    return groups;
  }

  /** The list as the help shows it. */
  static String of(Help help) {
    StringBuilder text = new StringBuilder();
    Map<String, Help> verbs = help.subcommands();
    for (Map.Entry<String, List<String>> group : groups().entrySet()) {
      List<String> lines = new ArrayList<>();
      for (String verb : group.getValue()) {
        Help own = verbs.get(verb);
        if (own != null) {
          String[] words = own.commandSpec().usageMessage().description();
          lines.add("  %%-%ds%%s%%n".formatted(WIDTH).formatted(verb, words[0]));
        }
      }
      text.append("%n%s:%n".formatted(group.getKey())).append(String.join("", lines));
    }
    return text.toString();
  }
}
