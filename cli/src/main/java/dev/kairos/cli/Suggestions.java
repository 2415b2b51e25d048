// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.files.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** What somebody may have meant by a word that a command does not know. */
final class Suggestions {
  private Suggestions() {}

  static List<String> near(String word, CommandLine command) {
    List<String> known = new ArrayList<>();
    if (word.startsWith("-")) {
      command.getCommandSpec().options().forEach(o -> known.addAll(Arrays.asList(o.names())));
    } else {
      known.addAll(command.getSubcommands().keySet());
    }
    String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    List<String> longer =
        known.stream()
            .filter(candidate -> name.length() > 2 && candidate.startsWith(name))
            .toList();
    return longer.isEmpty()
        ? NearestName.among(name, known).map(List::of).orElse(List.of())
        : longer;
  }
}
