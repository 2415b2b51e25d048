// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The entry point of the {@code kairos} command. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    PrintStream out = stream(FileDescriptor.out, false);
    PrintStream err = stream(FileDescriptor.err, true);
    int code = run(args, out, err);
    err.flush();
    System.exit(code);
  }

  /**
   * Runs a command line.
   *
   * @param out where results go
   * @param err where messages and progress go
   * @return the exit code: 0 done, 1 the work failed, 2 wrong command line, 3 wrong input, 4
   *     interrupted, 70 a bug
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, out, err, Surroundings.HERE);
  }

  /** The same with other files, or other machines that do the work. */
  public static int run(
      String[] args, PrintStream out, PrintStream err, Surroundings surroundings) {
    Terminal terminal = Terminal.of(System.getenv(), System.getProperties());
    return new Invocation(out, err, terminal, surroundings).run(args);
  }

  /**
   * Says why something failed, as the command says it.
   *
   * @param args the command line, which says how to speak
   * @param err where messages go
   * @return the exit code
   */
  public static int fail(Throwable e, List<String> args, PrintStream err) {
    boolean json = Invocation.asksForJson(args);
    Messages messages = new Messages(err, json, false, args.contains("--verbose"));
    int code = messages.error(Failure.of(e));
    messages.trace(e);
    return code;
  }

  /** UTF-8 whatever the locale: results are files as often as they are read. */
  private static PrintStream stream(FileDescriptor descriptor, boolean autoFlush) {
    return new PrintStream(
        new BufferedOutputStream(new PipeOutput(new FileOutputStream(descriptor))),
        autoFlush,
        StandardCharsets.UTF_8);
  }
}
