// SPDX-License-Identifier: Apache-2.0
package dev.kairos.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a program of the system did that a test started.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it printed to standard error
 */
record Launched(int code, String out, String err) {
  /** The folder of the project. */
  static final Path ROOT =
      Path.of(System.getProperty("kairos.root", "../..")).toAbsolutePath().normalize();

  /** The one jar that holds the command. */
  static final Path JAR = ROOT.resolve("cli/target/kairos.jar");

  private static final long MOST_MINUTES = 5;

  /** The Java that runs the tests. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Runs a program to its end. */
  static Launched run(List<?> words) throws IOException, InterruptedException {
    return run(words, Map.of());
  }

  /**
   * Runs a program to its end.
   *
   * @param more variables beside those of the tests
   */
  static Launched run(List<?> words, Map<String, String> more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    words.forEach(word -> command.add(word.toString()));
    Path out = Files.createTempFile("launched", ".out");
    Path err = Files.createTempFile("launched", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
      builder.environment().putAll(more);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + command);
      }
      return new Launched(process.exitValue(), read(out), read(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** What it printed, when all went well. */
  String succeeded() {
    if (code != 0) {
      throw new AssertionError("exit code " + code + "\n" + out + err);
    }
    return out;
  }
}
