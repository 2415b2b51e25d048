// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the command line of {@link Suite} says.
 *
 * @param plan which matches
 * @param only of those, the ones whose title has this
 * @param rounds how often
 * @param folder where the table and the raw numbers go
 * @param name of the two files
 * @param jvm the command that starts a measured JVM; empty for the one that runs the suite
 */
record SuiteOptions(String plan, Pattern only, int rounds, Path folder, String name, String jvm) {
  static final String USAGE =
      "bench/run [quick|full|published|own] [--only REGEX] [--rounds N] [--out DIR] [--name NAME]"
          + " [--jvm JAVA]";

  static SuiteOptions parse(String... arguments) {
    String plan = "quick";
    String only = "";
    String rounds = "3";
    String folder = "bench/target/results";
    String name = "";
    String jvm = "";
    Iterator<String> rest = List.of(arguments).iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      switch (word) {
        case "quick", "full", "published", "own" -> plan = word;
        case "--only" -> only = value(word, rest);
        case "--rounds" -> rounds = value(word, rest);
        case "--out" -> folder = value(word, rest);
        case "--name" -> name = value(word, rest);
        case "--jvm" -> jvm = value(word, rest);
        default -> throw new IllegalArgumentException("unknown: " + word + "; usage: " + USAGE);
      }
    }
    if (!rounds.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException("--rounds: not a number from 1 to 9999: " + rounds);
    }
    String dated = LocalDate.now(ZoneOffset.UTC) + "-" + plan;
    return new SuiteOptions(
        plan,
        Pattern.compile(only),
        Integer.parseInt(rounds),
        Path.of(folder),
        name.isEmpty() ? dated : name,
        jvm);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value; usage: " + USAGE);
    }
    return rest.next();
  }

  /** Whether one run takes so long that one to warm up and one to measure must do. */
  boolean takesLong() {
    return plan.equals("published");
  }

  /** The matches to play. */
  List<Match> matches() {
    List<Match> all =
        switch (plan) {
          case "full" -> Plan.full();
          case "published" -> Plan.published();
          case "own" -> Plan.own();
          default -> Plan.quick();
        };
    return all.stream().filter(match -> only.matcher(match.title()).find()).toList();
  }
}
