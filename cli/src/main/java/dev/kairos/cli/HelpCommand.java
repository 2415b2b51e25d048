// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code kairos help TOPIC}: what concerns several verbs. Of a verb, its {@code --help} is shown.
 */
@Command(
    name = "help",
    description = {
      "Explain a topic, or list the topics; with a verb, show its help.",
      "Topics are what concerns several verbs: data, training, results, devices, files, exit-codes."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  kairos help data")
final class HelpCommand implements Callable<Integer> {
  @ParentCommand private KairosCommand kairos;

  @Parameters(
      paramLabel = "TOPIC",
      arity = "0..1",
      defaultValue = "topics",
      description = "A topic or a verb; none lists the topics.")
  private String topic = "topics";

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  HelpCommand() {}

  /** The topics, each with what it is about. */
  static Map<String, String> topics() {
    Map<String, String> topics = new LinkedHashMap<>();
    topics.put("data", "what a data folder holds, and how to get one");
    topics.put("training", "from data to a run; stop, go on, several seeds, settings");
    topics.put("results", "detections, scores and pages");
    topics.put("devices", "what computes, and how many threads");
    topics.put("files", "the files of a run, and who reads them");
    topics.put("exit-codes", "what the numbers mean");
    return topics;
  }

  /** Whether a word is a topic. */
  static boolean isTopic(String word) {
    return word.equals("topics") || topics().containsKey(word);
  }

  @Override
  public Integer call() throws IOException {
    if (topic.equals("topics")) {
      kairos.out().println("Topics, for kairos help TOPIC:");
      topics().forEach((name, about) -> kairos.out().printf("  %-12s %s%n", name, about));
      kairos.out().println("Every verb has its own: kairos help VERB, or kairos VERB --help.");
      return 0;
    }
    kairos.out().print(text(topic));
    return 0;
  }

  /** What is said of a topic. */
  static String text(String topic) throws IOException {
    try (InputStream in = HelpCommand.class.getResourceAsStream("help/" + topic + ".txt")) {
      return new String(Objects.requireNonNull(in, topic).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
