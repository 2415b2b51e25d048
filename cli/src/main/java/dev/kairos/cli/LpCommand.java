// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kairos lp}: the verbs of linear programs. */
@Command(
    name = "lp",
    description = "Linear programs.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  kairos lp solve afiro.mps.gz",
    subcommands = LpSolveCommand.class)
final class LpCommand implements Callable<Integer> {
  @ParentCommand private KairosCommand kairos;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the parent and the spec
  LpCommand() {}

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    Failure failure = new Failure("KUSE-002", "lp: no verb given", "", "kairos lp solve --help");
    return kairos.messages().error(failure);
  }

  KairosCommand kairos() {
    return kairos;
  }
}
