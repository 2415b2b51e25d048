// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.run.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page of one verb in the language of {@code man}, made of what its help says. */
final class ManPage {
  private final CommandSpec spec;
  private final StringBuilder text = new StringBuilder();

  private ManPage(CommandSpec spec) {
    this.spec = spec;
  }

  /** The page of a verb, or of the command itself. */
  static String of(CommandLine line) {
    return new ManPage(line.getCommandSpec()).write(line);
  }

  /** The name of a page, such as {@code kairos-lp-solve}. */
  static String name(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  private String write(CommandLine line) {
    String title = name(spec).toUpperCase(Locale.ROOT);
    request(".TH \"%s\" 1 \"\" \"kairos %s\"".formatted(title, Provenance.KAIROS_VERSION));
    String[] description = spec.usageMessage().description();
    section("NAME");
    paragraph(name(spec) + " \\- " + escaped(withoutEnd(description[0])), false);
    section("SYNOPSIS");
    request(".nf");
    paragraph(new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0).strip(), true);
    request(".fi");
    section("DESCRIPTION");
    request(".nf");
    for (String each : description) {
      paragraph(each, true);
    }
    request(".fi");
    parameters();
    options();
    verbs(line);
    example();
    return text.toString();
  }

  private void parameters() {
    List<PositionalParamSpec> shown =
        spec.positionalParameters().stream().filter(p -> !p.hidden()).toList();
    if (!shown.isEmpty()) {
      section("ARGUMENTS");
      shown.forEach(each -> argument(List.of(), each));
    }
  }

  private void options() {
    section("OPTIONS");
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        argument(List.of(option.names()), option);
      }
    }
  }

  private void argument(List<String> names, ArgSpec argument) {
    request(".TP");
    List<String> bold = new ArrayList<>();
    names.forEach(each -> bold.add("\\fB" + escaped(each) + "\\fR"));
    boolean takesValue = argument.arity().max() > 0;
    String value = takesValue ? "\\fI" + escaped(argument.paramLabel()) + "\\fR" : "";
    String both = String.join(", ", bold) + (bold.isEmpty() || value.isEmpty() ? "" : "=") + value;
    paragraph(both, false);
    paragraph(String.join(" ", argument.description()), true);
  }

  private void verbs(CommandLine line) {
    if (!line.getSubcommands().isEmpty()) {
      section("VERBS");
      line.getSubcommands()
          .forEach(
              (verb, own) -> {
                request(".TP");
                paragraph("\\fB" + escaped(name(own.getCommandSpec())) + "\\fR(1)", false);
                paragraph(own.getCommandSpec().usageMessage().description()[0], true);
              });
    }
  }

  private void example() {
    if (spec.usageMessage().footer().length > 0) {
      section("EXAMPLE");
      request(".nf");
      for (String each : spec.usageMessage().footer()) {
        paragraph(each, true);
      }
      request(".fi");
    }
  }

  private void section(String name) {
    request(".SH " + name);
  }

  private void request(String line) {
    text.append(line).append('\n');
  }

  /** Lines of text; one that began with a full stop or quote would be a request. */
  private void paragraph(String words, boolean escape) {
    for (String line : words.replace("%n", "\n").replace("%%", "%").split("\n", -1)) {
      String shown = escape ? escaped(line) : line;
      text.append(shown.startsWith(".") || shown.startsWith("'") ? "\\&" + shown : shown);
      text.append('\n');
    }
  }

  private static String escaped(String words) {
    return words.replace("\\", "\\e").replace("-", "\\-");
  }

  private static String withoutEnd(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
