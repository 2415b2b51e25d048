// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kairos completion}: what a shell needs to complete verbs and options. */
@Command(
    name = "completion",
    description = {
      "Print a script by which a shell completes verbs and options.",
      "Into a file that the shell reads at its start, such as ~/.bashrc:",
      "  source <(kairos completion bash)"
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  kairos completion bash > /etc/bash_completion.d/kairos")
final class CompletionCommand implements Callable<Integer> {
  /** The shells; zsh reads what bash does once it was told to. */
  enum ShellName {
    bash,
    zsh
  }

  @ParentCommand private KairosCommand kairos;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private ShellName shell;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  CompletionCommand() {}

  @Override
  public Integer call() {
    if (shell == ShellName.zsh) {
      kairos.out().println("autoload -U +X compinit && compinit");
      kairos.out().println("autoload -U +X bashcompinit && bashcompinit");
    }
    kairos.out().println(AutoComplete.bash("kairos", spec.root().commandLine()));
    return 0;
  }
}
