// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.folders;

import dev.kairos.spark.files.Places;
import dev.kairos.spark.jobs.SparkUsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command line over a folder, taken apart.
 *
 * @param folder the folder of files
 * @param out where to write, or empty to print
 * @param lengths a file of lengths, or empty
 * @param skipsFailing whether to go on when a file fails
 * @param help whether help was asked for
 * @param others what the command itself is told
 */
record FolderWords(
    String folder,
    String out,
    String lengths,
    boolean skipsFailing,
    boolean help,
    List<String> others) {

  static FolderWords of(FolderVerb verb, List<String> given) {
    List<String> words = new ArrayList<>();
    for (String word : given) { // --name=value is --name value
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      words.add(equals < 0 ? word : word.substring(0, equals));
      if (equals >= 0) {
        words.add(word.substring(equals + 1));
      }
    }
    if (words.contains("--help") || words.contains("-h")) {
      return new FolderWords("", "", "", false, true, List.of());
    }
    for (String part : verb.command().subList(1, verb.command().size())) {
      if (words.isEmpty() || !words.remove(0).equals(part)) {
        throw usage(verb, "expected " + verb.words());
      }
    }
    verb.refused().stream()
        .filter(words::contains)
        .findFirst()
        .ifPresent(
            word -> {
              throw usage(verb, word + " is for one file: it means nothing for a folder");
            });
    String onError = taken(verb, words, "--on-error", "stop");
    if (!List.of("stop", "skip").contains(onError)) {
      throw usage(verb, "--on-error: stop or skip, not " + onError);
    }
    String out = taken(verb, words, "--out", "");
    String lengths = verb.wantsLength() ? taken(verb, words, "--lengths", "") : "";
    words.removeIf("--json"::equals);
    String folder =
        verb.option().isEmpty()
            ? words.isEmpty() || words.get(0).startsWith("-") ? "" : words.remove(0)
            : taken(verb, words, verb.option(), "");
    if (folder.isEmpty()) {
      throw usage(verb, "no folder was named");
    }
    return new FolderWords(folder, out, lengths, onError.equals("skip"), false, List.copyOf(words));
  }

  private static String taken(
      FolderVerb verb, List<String> words, String option, String otherwise) {
    int at = words.indexOf(option);
    if (at < 0) {
      return otherwise;
    }
    if (at + 1 == words.size()) {
      throw usage(verb, option + " needs a value");
    }
    words.remove(at);
    return words.remove(at);
  }

  private static SparkUsageException usage(FolderVerb verb, String message) {
    return new SparkUsageException("KUSE-004", message, "see " + verb.words() + " --help");
  }

  /** The name of a file, then the command line for it. */
  String[] commandLine(FolderVerb verb, Path file, Map<String, String> snippets) {
    String name = String.valueOf(file.getFileName());
    List<String> words = new ArrayList<>(List.of(name));
    words.addAll(verb.command());
    if (!verb.option().isEmpty()) {
      words.add(verb.option());
    }
    words.add(Places.name(file));
    words.add("--json");
    words.addAll(others);
    if (!lengths.isEmpty()) {
      String length = snippets.get(name.replaceFirst("\\.[jJ][sS][oO][nN]$", ""));
      if (length == null) {
        throw usage(verb, lengths + ": says no number of snippets of " + name);
      }
      words.add("--length");
      words.add(length);
    }
    return words.toArray(String[]::new);
  }
}
