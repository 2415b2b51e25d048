// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.cli.Main;
import dev.kairos.spark.KairosSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a command line came to.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it said
 */
public record Kairos(int code, String out, String err) {
  /** Runs the {@code kairos} command. */
  public static Kairos command(Object... words) {
    return run((args, out, err) -> Main.run(args.toArray(String[]::new), out, err), words);
  }

  /** Runs {@code kairos-spark.jar} on the session that is open. */
  public static Kairos spark(Object... words) {
    return run(KairosSpark::run, words);
  }

  private interface Door {
    int run(List<String> args, PrintStream out, PrintStream err);
  }

  private static Kairos run(Door door, Object... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code;
    try (PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      code = door.run(Arrays.stream(words).map(String::valueOf).toList(), toOut, toErr);
    }
    return new Kairos(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The same, which is to have gone well. */
  public Kairos succeeded() {
    assertEquals(0, code, err);
    return this;
  }
}
