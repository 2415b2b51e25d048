// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.run.Provenance;
import dev.kairos.methods.training.Progress;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: what all verbs share. Which verbs there are, {@link VerbList} says. */
@Command(
    name = "kairos",
    description = "Weakly supervised temporal action localisation, in pure Java.",
    versionProvider = KairosCommand.Version.class,
    synopsisSubcommandLabel = "VERB",
    optionListHeading = "%nOptions of every verb:%n",
    footerHeading = "%nExample:%n",
    footer = "  kairos evaluate --detections detections.json --truth annotations.json")
final class KairosCommand implements Callable<Integer> {
  /** How messages look. */
  enum LogFormat {
    text,
    json
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"kairos " + Provenance.KAIROS_VERSION};
    }
  }

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show the version.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "Only results and errors, no progress.")
  private boolean quiet;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Also timings, and stack traces of errors.")
  private boolean verbose;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "Messages as text or json, one object a line (default: text).")
  private LogFormat logFormat = LogFormat.text;

  @Spec private CommandSpec spec;

  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;
  private final Surroundings surroundings;

  @SuppressWarnings("NullAway.Init") // spec is set by picocli
  KairosCommand(PrintStream out, PrintStream err, Terminal terminal, Surroundings surroundings) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(err);
    return messages().error(new Failure("KUSE-002", "no verb given", "", "kairos VERB --help"));
  }

  /** What is taken for granted. */
  Surroundings surroundings() {
    return surroundings;
  }

  /** Where results go. */
  PrintStream out() {
    return out;
  }

  /** Whom to tell anything else. */
  Messages messages() {
    return new Messages(err, logFormat == LogFormat.json, quiet, verbose);
  }

  /** Whether somebody sits before it. */
  boolean isOnTerminal() {
    return terminal.live();
  }

  /** Whom long work reports to. */
  Progress progress() {
    if (quiet) {
      return Progress.NONE;
    }
    return terminal.live() && logFormat == LogFormat.text
        ? new ProgressBarLine(err, terminal, new TerminalWidth(terminal.columns()))
        : new PlainProgress(messages(), System::nanoTime);
  }
}
