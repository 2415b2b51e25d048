// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One run of the command: parses, calls the verb, turns whatever comes out into an exit code. */
final class Invocation {
  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;
  private final Surroundings surroundings;

  Invocation(PrintStream out, PrintStream err, Terminal terminal) {
    this(out, err, terminal, Surroundings.HERE);
  }

  Invocation(PrintStream out, PrintStream err, Terminal terminal, Surroundings surroundings) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.surroundings = surroundings;
  }

  int run(String[] given) {
    String[] args = helpAsked(given);
    KairosCommand root = new KairosCommand(out, err, terminal, surroundings);
    long begun = System.nanoTime();
    int code;
    try {
      CommandLine line = commandLine(root, args);
      code = isUnknownVerb(line, args) ? unknownVerb(root, line, args) : line.execute(args);
    } catch (Throwable e) { // an Error: picocli hands over exceptions only
      code = fail(root.messages(), e);
    }
    root.messages().detail("ran for " + PlainProgress.duration((System.nanoTime() - begun) * 1e-9));
    out.flush();
    if (out.checkError() && code == 0) {
      code =
          fail(
              root.messages(),
              new Failure("KDATA-903", "standard output: could not be written", "", ""));
    }
    return code;
  }

  /**
   * {@code kairos help VERB} is {@code kairos VERB --help}, as with other commands of many verbs;
   * {@code kairos help TOPIC} is a verb of its own.
   */
  private static String[] helpAsked(String[] args) {
    if (args.length == 0 || !args[0].equals("help")) {
      return args;
    }
    if (args.length == 2 && (HelpCommand.isTopic(args[1]) || args[1].startsWith("-"))) {
      return args;
    }
    String[] words = Arrays.copyOfRange(args, 1, args.length + 1);
    words[words.length - 1] = "--help";
    return words;
  }

  /** Asked for help with a verb it does not know, picocli would show the help of the command. */
  private static boolean isUnknownVerb(CommandLine line, String[] args) {
    return args.length > 0
        && !args[0].startsWith("-")
        && !line.getSubcommands().containsKey(args[0]);
  }

  private int unknownVerb(KairosCommand root, CommandLine line, String[] args) {
    return fail(
        early(root, args), usage(new UnmatchedArgumentException(line, List.of(args)), args));
  }

  private CommandLine commandLine(KairosCommand root, String[] args) {
    CommandLine line = new CommandLine(root);
    VerbList.addTo(line, args);
    line.setOut(writer(out));
    line.setErr(writer(err));
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(100);
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, VerbList::of);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    CommandLine spark = line.getSubcommands().get("spark");
    if (spark != null) {
      spark.setStopAtPositional(true); // what follows are options of another command
    }
    line.registerConverter(Path.class, surroundings.paths()::apply);
    line.setExecutionExceptionHandler((e, command, parsed) -> fail(root.messages(), e));
    line.setParameterExceptionHandler((e, words) -> fail(early(root, args), usage(e, args)));
    return line;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private int fail(Messages messages, Throwable e) {
    out.flush();
    int code = fail(messages, Failure.of(e));
    messages.trace(e);
    return code;
  }

  private int fail(Messages messages, Failure failure) {
    messages.error(failure);
    return failure.exitCode();
  }

  /** How to speak when parsing stopped before it came to the options that say so. */
  private static Messages early(KairosCommand root, String[] args) {
    return asksForJson(Arrays.asList(args)) ? root.messages().asJson() : root.messages();
  }

  static boolean asksForJson(List<String> words) {
    int format = words.indexOf("--log-format");
    return words.contains("--log-format=json")
        || (format >= 0 && format + 1 < words.size() && words.get(format + 1).equals("json"));
  }

  private static Failure usage(ParameterException e, String[] args) {
    String help = "kairos" + path(e.getCommandLine()) + " --help";
    String code = e instanceof MissingParameterException ? "KUSE-002" : "KUSE-003";
    String hint = "see " + help;
    String message = String.valueOf(e.getMessage());
    String word = unknownWord(e, args);
    if (!word.isEmpty()) {
      code = "KUSE-001";
      boolean option = word.startsWith("-");
      boolean verb = !option && !e.getCommandLine().getSubcommands().isEmpty();
      message = "unknown " + (option ? "option" : verb ? "verb" : "argument") + ": " + word;
      List<String> near = Suggestions.near(word, e.getCommandLine());
      if (!near.isEmpty()) {
        hint = "did you mean " + String.join(" or ", near) + "? " + hint;
      }
    }
    return new Failure(code, message, "", hint);
  }

  /** The word that stands where none such is known; picocli may complain of its absence instead. */
  private static String unknownWord(ParameterException e, String[] args) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched.getUnmatched().get(0);
    }
    if (e instanceof MissingParameterException) {
      for (String word : args) {
        String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        if (name.startsWith("--")
            && name.length() > 2
            && e.getCommandLine().getCommandSpec().findOption(name) == null) {
          return name;
        }
      }
    }
    return "";
  }

  private static String path(CommandLine command) {
    CommandLine parent = command.getParent();
    return parent == null ? "" : path(parent) + " " + command.getCommandName();
  }
}
