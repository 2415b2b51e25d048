// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a command and says what processor time it took, as the shell counts it for its children. */
final class ProcessClock {
  private static final Pattern TIME = Pattern.compile("(\\d+)m([0-9.]+)s");

  private ProcessClock() {}

  /**
   * What a command did.
   *
   * @param seconds processor time of all its threads, in the program and in the system
   * @param output all it said
   */
  record Run(double seconds, String output) {}

  /** Whether a command is on the path. */
  static boolean has(String command) {
    return shell("command -v " + command + " >/dev/null && echo here").output().contains("here");
  }

  /** Runs a command to its end. */
  static Run time(List<String> command) {
    return shell("\"$@\"", command.toArray(new String[0]));
  }

  private static Run shell(String script, String... arguments) {
    try {
      Path times = Files.createTempFile("kairos-bench", ".times");
      List<String> words = new ArrayList<>(List.of("sh", "-c", script + "; times >" + times, "sh"));
      words.addAll(List.of(arguments));
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      double seconds = ofChildren(Files.readString(times));
      Files.delete(times);
      return new Run(seconds, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a command ran", e);
    }
  }

  /** The sum of the second line that {@code times} of the shell prints. */
  static double ofChildren(String times) {
    Matcher time = TIME.matcher(times.strip().lines().toList().get(1));
    double sum = 0;
    while (time.find()) {
      sum += 60 * Double.parseDouble(time.group(1)) + Double.parseDouble(time.group(2));
    }
    return sum;
  }
}
